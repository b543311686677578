import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Apps that submit jobs of twelve kinds at an even rate and, if asked to, poll each until it is done.
 *
 * <p>{@code java Clients.java <base url> <jobs> <jobs a second> <milliseconds between polls, 0 for none>}; with polls it
 * prints a line for each job: its id and how long after its end it was found, in milliseconds.
 */
class Clients {

    static final HttpClient http = HttpClient.newHttpClient();
    static final String[] MODELS = {"doubao-seedance-2-0", "doubao-seedance-2-0-fast"};
    static final String[] SECONDS = {"4", "8", "12"};
    static final String[] SIZES = {"1280x720", "1920x1080"};

    public static void main(String[] args) throws Exception {
        int jobs = Integer.parseInt(args[1]);
        var done = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i++) {
            var body = "{\"model\":\"%s\",\"prompt\":\"A kite\",\"seconds\":\"%s\",\"size\":\"%s\"}"
                    .formatted(MODELS[i % 2], SECONDS[i / 2 % 3], SIZES[i / 6 % 2]);
            Thread.ofVirtual().start(() -> {
                try {
                    follow(args[0], submit(args[0], body), Long.parseLong(args[3]));
                } catch (Exception e) {
                    System.err.println(e);
                } finally {
                    done.countDown();
                }
            });
            Thread.sleep(1000 / Integer.parseInt(args[2]));
        }
        done.await();
    }

    static String submit(String base, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "/v1/video/generations"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        var id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer.body());
        if (answer.statusCode() != 200 || !id.find()) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return id.group(1);
    }

    static void follow(String base, String id, long interval) throws Exception {
        if (interval == 0) {
            return;
        }
        var request = HttpRequest.newBuilder(URI.create(base + "/v1/video/generations/" + id)).build();
        do {
            Thread.sleep(interval);
        } while (!http.send(request, HttpResponse.BodyHandlers.ofString()).body().contains("\"SUCCESS\""));
        var parts = id.split("-");
        long end = Long.parseLong(parts[1]) + Long.parseLong(parts[2]);
        System.out.println(id + "\t" + (System.currentTimeMillis() - end));
    }
}
