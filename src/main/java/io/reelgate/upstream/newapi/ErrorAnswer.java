package io.reelgate.upstream.newapi;

import io.reelgate.text.Sanitizer;
import io.reelgate.upstream.UpstreamError;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an error answer speaks of, judged by its codes, types and message. The words are those of new-api, from which the
 * upstream descends, and of the providers behind it.
 *
 * @param error what apps and ops are told
 * @param envelopes what it says, and the envelopes that it holds as text, from the outside to the inside; at least one
 * @param understood whether it came in one of the upstream's error envelopes
 */
public record ErrorAnswer(UpstreamError error, List<Envelope> envelopes, boolean understood) {

    /** What new-api puts around a provider's refusal; the message is all of the provider's answer. */
    private static final String PASSED_ON = "fail_to_fetch_task";

    private static final Set<Integer> WITHOUT_THE_PROMPT = Set.of(401, 403, 429);
    private static final Set<String> MISSING_TASK_CODES =
            Set.of("task_not_exist", "task_not_exists", "task_not_found", "video_not_found");
    // No slash may come between the two: "Invalid URL (GET /v1/video/generations/x) not found" is about a route.
    private static final Pattern MISSING_TASK = Pattern.compile(
            "\\b(task|video)\\b[^/]*(not (be )?found|(not|n['’]t) exist|no longer exist)|\\bno such (task|video)\\b"
                    + "|task_not_exist|任务[^/]*(不存在|未找到)");
    private static final Pattern KEY = Pattern.compile(
            "\\b(api|secret|access)?[_ -]?keys?\\b|(?<![a-z])apikey|api_key|\\btoken\\b|invalid_token|令牌|密钥");
    private static final Pattern NOT_THE_KEY = Pattern.compile("model|group|\\bips?\\b|\\b(ip )?address|模型|分组|地址");

    int status() {
        return error.status();
    }

    /** The outermost code in lower case, or nothing. */
    String code() {
        return lower(envelopes.getFirst().code());
    }

    /** Whether the upstream says that it has no such task. */
    boolean isMissingTask() {
        return understood
                && (MISSING_TASK_CODES.contains(code())
                        || MISSING_TASK.matcher(words()).find());
    }

    /** Whether a provider behind the upstream refused, which tells nothing about our address and our key. */
    boolean isPassedOn() {
        return code().equals(PASSED_ON) || envelopes.size() > 1;
    }

    /** Whether its code speaks of a model: then that was not found, and the address was. */
    boolean isOfAModel() {
        return code().contains("model");
    }

    boolean isKey() {
        return KEY.matcher(words()).find() && !NOT_THE_KEY.matcher(words()).find();
    }

    /** Whether a code or a type says that there is no money. */
    boolean namesTheBalance() {
        return IntStream.range(0, envelopes.size())
                .filter(this::isTheirs)
                .mapToObj(envelopes::get)
                .flatMap(envelope -> Stream.of(lower(envelope.code()), lower(envelope.type())))
                .anyMatch(Balance::isNamedBy);
    }

    /** Whether the message says that there is no money, and no code says anything else. */
    boolean speaksOfTheBalance() {
        return WITHOUT_THE_PROMPT.contains(status())
                && envelopes.stream().allMatch(envelope -> Balance.isLeftOpenBy(lower(envelope.code())))
                && Balance.isMeantBy(message());
    }

    /** Its message and code, to be put behind what is wrong with an answer; nothing if it says nothing. */
    String saying() {
        var code = error.code() == null ? "" : " (" + error.code() + ")";
        var message = envelopes.getFirst().message() == null ? "" : " " + error.message();
        return message.isEmpty() && code.isEmpty() ? "" : ":" + message + code;
    }

    /** A message may quote the prompt, and with it a document that is none of the upstream's or the provider's. */
    private boolean isTheirs(int depth) {
        return depth == 0
                || WITHOUT_THE_PROMPT.contains(status())
                || lower(envelopes.get(depth - 1).code()).equals(PASSED_ON);
    }

    private String words() {
        var names = envelopes.stream().flatMap(envelope -> Stream.of(lower(envelope.code()), lower(envelope.type())));
        return Stream.concat(names, Stream.of(message())).reduce("", (words, next) -> words + " " + next);
    }

    /** The innermost message, as much of it as is kept. */
    private String message() {
        return envelopes.reversed().stream()
                .map(Envelope::message)
                .filter(Objects::nonNull)
                .findFirst()
                .map(message ->
                        Sanitizer.cut(message, UpstreamError.LONGEST_MESSAGE).toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** In lower case, and no longer than the patterns should have to read. */
    private static String lower(@Nullable String name) {
        return name == null
                ? ""
                : Sanitizer.cut(name, UpstreamError.LONGEST_CODE).toLowerCase(Locale.ROOT);
    }
}
