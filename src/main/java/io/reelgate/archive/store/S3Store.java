package io.reelgate.archive.store;

import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.NoSuchFilmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Films in a bucket of anybody's S3: each one put of known length. Checksums are only sent where the protocol asks for them, since
 * other people's stores do not know the newer ones.
 */
final class S3Store implements FilmStore, DisposableBean {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A look whether it is there takes no longer with all its tries, since the gateway's start waits for the first one. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final ArchiveProperties.S3 settings;
    private final S3Client client;

    S3Store(ArchiveProperties.S3 settings) {
        this.settings = settings;
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        this.client = builder.build();
    }

    @Override
    public String describe() {
        return "bucket " + settings.bucket() + (settings.endpoint() == null ? "" : " at " + settings.endpoint());
    }

    /** Ends the start if the bucket is not there; that it may not be asked for, or that nobody answers, says nothing of it. */
    @Override
    public void prepare(boolean fresh) throws IOException {
        try {
            check();
        } catch (NoSuchStoreException missing) {
            throw new IllegalStateException(missing.getMessage(), missing);
        }
    }

    @Override
    public void check() throws IOException {
        try {
            client.headBucket(bucket ->
                    bucket.bucket(settings.bucket()).overrideConfiguration(call -> call.apiCallTimeout(LOOK)));
        } catch (NoSuchBucketException none) {
            throw new NoSuchStoreException(describe());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                throw new NoSuchStoreException(describe());
            }
            // A key that may only put and get is refused here, and serves.
            if (e.statusCode() != FORBIDDEN) {
                throw away(e);
            }
        } catch (SdkException e) {
            throw away(e);
        }
    }

    @Override
    public String locationOf(String jobId) {
        return settings.prefix() + jobId + ".mp4";
    }

    @Override
    public void put(String jobId, Film film) throws IOException {
        try {
            client.putObject(
                    object -> object.bucket(settings.bucket())
                            .key(locationOf(jobId))
                            .contentType(film.type())
                            .contentLength(film.size()),
                    film.file());
        } catch (SdkException e) {
            throw away(e);
        }
    }

    /** A file that was not put on record is still in the work folder it came from; a key that may not delete overwrites it. */
    @Override
    public boolean takeBack(String jobId, Path file) throws IOException {
        try {
            delete(locationOf(jobId));
        } catch (IOException e) {
            if (!(e.getCause() instanceof S3Exception refused) || refused.statusCode() != FORBIDDEN) {
                throw e;
            }
        }
        return false;
    }

    @Override
    public InputStream open(String location, long from, long length) throws IOException {
        try {
            var bytes = client.getObject(object ->
                    object.bucket(settings.bucket()).key(location).range("bytes=" + from + "-" + (from + length - 1)));
            if (isPart(bytes.response(), from, length)) {
                return bytes;
            }
            bytes.abort();
            throw new NoSuchFilmException(location);
        } catch (NoSuchKeyException none) {
            throw new NoSuchFilmException(location);
        } catch (S3Exception e) {
            throw e.statusCode() == RANGE_NOT_SATISFIABLE ? new NoSuchFilmException(location) : away(e);
        } catch (SdkException e) {
            throw away(e);
        }
    }

    /** Whether these are the bytes that were asked for; another object in the film's place may be shorter. */
    private static boolean isPart(GetObjectResponse answer, long from, long length) {
        var said = answer.contentLength();
        var range = answer.contentRange();
        return (said == null || said == length)
                && (range == null ? from == 0 : range.startsWith("bytes " + from + "-"));
    }

    @Override
    public Optional<Path> file(String location) {
        return Optional.empty();
    }

    @Override
    public void delete(String location) throws IOException {
        try {
            client.deleteObject(object -> object.bucket(settings.bucket()).key(location));
        } catch (SdkException e) {
            throw away(e);
        }
    }

    @Override
    public void destroy() {
        client.close();
    }

    private static IOException away(SdkException e) {
        return new IOException(
                e instanceof S3Exception answered
                        ? "the store answers " + answered.statusCode()
                        : "the store cannot be reached: " + e.getMessage(),
                e);
    }

    /** The bucket is certainly not there. */
    private static final class NoSuchStoreException extends IOException {

        private static final long serialVersionUID = 1L;

        NoSuchStoreException(String store) {
            super("There is no " + store + " (reelgate.archive.s3.bucket)");
        }
    }
}
