import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/**
 * Polls one task after the other with a second between two, in rounds, as the best-known open-source relay does.
 *
 * <p>{@code java -cp <PostgreSQL's driver> SerialPoller.java <jdbc url> <upstream>}; ends when its input ends.
 */
class SerialPoller {

    public static void main(String[] args) throws Exception {
        var http = HttpClient.newHttpClient();
        try (var db = DriverManager.getConnection(args[0], "bench", "")) {
            while (true) {
                for (var task : inFlight(db)) {
                    var request = HttpRequest.newBuilder(URI.create(args[1] + "/v1/video/generations/" + task)).build();
                    var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                    if (answer.contains("\"SUCCESS\"")) {
                        try (var done = db.prepareStatement(
                                "update video_job set status = 'succeeded', finished_at = now() where upstream_task_id = ?")) {
                            done.setString(1, task);
                            done.executeUpdate();
                        }
                    }
                    Thread.sleep(1000);
                }
                Thread.sleep(1000);
            }
        }
    }

    static ArrayList<String> inFlight(java.sql.Connection db) throws SQLException {
        var tasks = new ArrayList<String>();
        try (var select = db.prepareStatement(
                        "select upstream_task_id from video_job where status in ('queued', 'in_progress') order by id");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                tasks.add(rows.getString(1));
            }
        }
        return tasks;
    }
}
