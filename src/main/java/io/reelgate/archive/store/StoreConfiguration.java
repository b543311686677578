package io.reelgate.archive.store;

import io.reelgate.archive.ArchiveProperties;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the store that is configured. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    FilmStore filmStore(ArchiveProperties properties) {
        return switch (properties.store()) {
            case NONE -> new NoStore();
            case FILESYSTEM ->
                new FilesystemStore(Objects.requireNonNull(properties.path())
                        .toAbsolutePath()
                        .normalize());
            case S3 -> new S3Store(properties.s3());
        };
    }
}
