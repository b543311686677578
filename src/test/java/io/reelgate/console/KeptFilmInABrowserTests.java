package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.MediaServer;
import io.reelgate.MediaServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Whether a browser plays a kept film, and finds its place in it, when nobody else has it any more. */
@ConsoleTest
@TestPropertySource(properties = {"reelgate.archive.store=filesystem", "reelgate.archive.allowed-networks=loopback"})
class KeptFilmInABrowserTests {

    @TempDir
    static Path folder;

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @DynamicPropertySource
    static void archive(DynamicPropertyRegistry registry) {
        registry.add("reelgate.archive.path", () -> folder.toString());
    }

    @Test
    void seeksInAFilmWhoseHostIsGone(Visitors visitors) throws IOException {
        var film = new ClassPathResource("sandbox/film.mp4").getContentAsByteArray();
        String id;
        try (var media = new MediaServer()) {
            media.serve("/film.mp4", Reply.film(film));
            upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"" + media.url("/film.mp4") + "\"}"));
            id = app.submit(GatewayClient.body("kite")).id();
            await().untilAsserted(() ->
                    assertThat(app.job(id).text("/url")).endsWith(GatewayClient.PATH + "/" + id + "/content"));
        }

        var page = visitors.ops();
        page.navigate("/ops/jobs/" + id);
        var video = page.locator("video");

        assertThat(video).hasCount(1);
        var placed = video.evaluate("""
                async video => {
                  const event = name => new Promise((done, failed) => {
                    video.addEventListener(name, done, {once: true});
                    video.addEventListener('error', () => failed(video.error), {once: true});
                  });
                  if (video.readyState < 1) await event('loadedmetadata');
                  const target = video.duration * 0.7;
                  const sought = event('seeked');
                  video.currentTime = target;
                  await sought;
                  return Math.abs(video.currentTime - target) < 0.2 && video.duration > 1 && video.videoWidth > 0;
                }
                """);
        assertThat(placed).isEqualTo(true);
        assertThat(video.getAttribute("src")).startsWith(GatewayClient.PATH);
    }
}
