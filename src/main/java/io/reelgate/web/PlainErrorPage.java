package io.reelgate.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A refusal for a person: a page in English and Chinese at once, since it is also shown where nothing more can be found out
 * about whoever asked, and where no template works.
 */
final class PlainErrorPage {

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";

    private PlainErrorPage() {}

    /** The whole document. */
    static String of(int status, String english, String chinese, @Nullable String requestId) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                  <meta charset="utf-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <meta name="color-scheme" content="light dark">
                  <title>%1$d · Reelgate</title>
                  <link rel="stylesheet" href="/ops/assets/console.css">
                </head>
                <body class="login-body">
                  <main class="login card problem">
                    <p class="code-big">%1$d</p>
                    <p>%2$s</p>
                    <p lang="zh-CN">%3$s</p>
                    <p class="quiet"><code>%4$s</code></p>
                  </main>
                </body>
                </html>
                """.formatted(
                        status,
                        HtmlUtils.htmlEscape(english),
                        HtmlUtils.htmlEscape(chinese),
                        HtmlUtils.htmlEscape(requestId == null ? "" : requestId));
    }
}
