package io.reelgate;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.ArrayList;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.testcontainers.dockerclient.DockerClientConfigUtils;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * Sees to it that the images of the tests' containers are there before Testcontainers is asked for one.
 *
 * <p>Testcontainers tries a pull for two minutes, several times over. An engine without a way to a registry is no rare
 * thing (build servers, trains), so here each image gets one try, and the tests go on without Docker after a second.
 */
final class DockerImages {

    private DockerImages() {}

    /** Throws if no Docker engine answers, or if it neither has nor gets the image. */
    static void require(String image) {
        var docker = engine();
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            require(docker, TestcontainersConfiguration.getInstance().getRyukImage());
        }
        if (DockerClientConfigUtils.IN_A_CONTAINER && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            // Testcontainers looks for its host from within a container of this image.
            require(docker, TestcontainersConfiguration.getInstance().getTinyImage());
        }
        require(docker, image);
    }

    @SuppressWarnings("JavaUtilServiceLoader")
    private static DockerClient engine() {
        var strategies = new ArrayList<DockerClientProviderStrategy>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
        return DockerClientProviderStrategy.getFirstValidStrategy(strategies).getDockerClient();
    }

    private static void require(DockerClient docker, String image) {
        var name = ImageNameSubstitutor.instance().apply(DockerImageName.parse(image));
        try (var inspection = docker.inspectImageCmd(name.asCanonicalNameString())) {
            inspection.exec();
        } catch (NotFoundException absent) {
            pull(docker, name);
        }
    }

    private static void pull(DockerClient docker, DockerImageName name) {
        try (var command = docker.pullImageCmd(name.getUnversionedPart()).withTag(name.getVersionPart())) {
            if (!command.start().awaitCompletion(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Pulling " + name + " takes longer than 10 minutes");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while pulling " + name, interrupted);
        }
    }
}
