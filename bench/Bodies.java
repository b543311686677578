import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many large bodies at once: {@code java Bodies.java <url> <how many> <megabytes each>} prints how many were taken, how
 * many were refused with 503 and {@code Retry-After}, and how many met anything else.
 */
class Bodies {

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        var picture = new byte[Integer.parseInt(args[2]) * 1_000_000];
        Arrays.fill(picture, (byte) 'A');
        var start = "{\"model\":\"doubao-seedance-2-0\",\"prompt\":\"A kite\",\"images\":[\"data:image/png;base64,"
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, picture, 0, start.length);
        var end = "\"]}".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(end, 0, picture, picture.length - end.length, end.length);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(URI.create(args[0]))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                .build();
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        var other = new AtomicInteger();
        var done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    boolean retry = answer.headers().firstValue("Retry-After").isPresent();
                    (answer.statusCode() == 200 ? taken : answer.statusCode() == 503 && retry ? refused : other).incrementAndGet();
                    if (answer.statusCode() != 200 && answer.statusCode() != 503) {
                        System.err.println(answer.statusCode() + " " + answer.body());
                    }
                } catch (Exception e) {
                    System.err.println(e);
                    other.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        System.out.println(taken + " " + refused + " " + other);
    }
}
