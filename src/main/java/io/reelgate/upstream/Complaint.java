package io.reelgate.upstream;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an error answer speaks of, judged by its code, type and message. The words are those of new-api, from which the
 * upstream descends, and of the providers behind it.
 *
 * @param error what apps and ops are told
 * @param code the code in lower case, or nothing
 * @param words code, type and message in lower case
 * @param understood whether it came in one of the upstream's error envelopes
 */
record Complaint(UpstreamError error, String code, String words, boolean understood) {

    private static final Set<String> MISSING_TASK_CODES =
            Set.of("task_not_exist", "task_not_exists", "task_not_found", "video_not_found");
    // No slash may come between the two: "Invalid URL (GET /v1/video/generations/x) not found" is about a route.
    private static final Pattern MISSING_TASK = Pattern.compile(
            "\\b(task|video)\\b[^/]*(not (be )?found|not exist|no longer exist)|\\bno such (task|video)\\b"
                    + "|task_not_exist|任务[^/]*(不存在|未找到)");
    private static final Pattern QUOTA = Pattern.compile(
            "quota|insufficient[_ ](balance|credit|fund)|(balance|credit)s? (is |are )?(insufficient|not enough|too low)"
                    + "|余额不足|额度不足|额度已用尽|欠费");
    private static final Pattern KEY = Pattern.compile(
            "\\b(api|secret|access)?[_ -]?keys?\\b|(?<![a-z])apikey|api_key|\\btoken\\b|invalid_token|令牌|密钥");
    private static final Pattern NOT_THE_KEY = Pattern.compile("model|group|\\bips?\\b|\\b(ip )?address|模型|分组|地址");

    static Complaint of(UpstreamError error, String type, boolean understood) {
        var code = error.code() == null ? "" : error.code().toLowerCase(Locale.ROOT);
        var words = String.join(" ", code, type, error.message()).toLowerCase(Locale.ROOT);
        return new Complaint(error, code, words, understood);
    }

    boolean hasCode(String expected) {
        return code.equals(expected);
    }

    boolean isMissingTask() {
        return understood
                && (MISSING_TASK_CODES.contains(code)
                        || MISSING_TASK.matcher(words).find());
    }

    boolean isQuota() {
        return QUOTA.matcher(words).find();
    }

    boolean isKey() {
        return KEY.matcher(words).find() && !NOT_THE_KEY.matcher(words).find();
    }
}
