package io.reelgate.sandbox;

import io.swagger.v3.oas.annotations.Hidden;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /sandbox/upstream/purse}: what the simulated account has left, and how it is topped up. Without a key. */
@RestController
@Profile("sandbox")
@Hidden
@RequestMapping("/sandbox/upstream/purse")
class SandboxPurse {

    private final Purse purse;

    SandboxPurse(Purse purse) {
        this.purse = purse;
    }

    /** What is to be put in; less than nothing takes it out. */
    record TopUp(@Nullable BigDecimal amount) {}

    /**
     * The purse in yuan.
     *
     * @param flat what is taken for a job at its submission, by model
     */
    record PurseJson(BigDecimal balance, BigDecimal held, int tasks, Map<String, BigDecimal> flat) {

        static PurseJson of(Purse.Contents contents) {
            var flat = new LinkedHashMap<String, BigDecimal>();
            VideoOrder.MODELS.forEach(model -> flat.put(model, Purse.flat(model)));
            return new PurseJson(contents.balance(), contents.held(), contents.tasks(), flat);
        }
    }

    @GetMapping
    PurseJson show() {
        return PurseJson.of(purse.contents());
    }

    @PostMapping
    PurseJson topUp(@RequestBody TopUp topUp) {
        var amount = topUp.amount();
        if (amount == null
                || amount.signum() == 0
                || amount.scale() > 2
                || amount.abs().compareTo(Purse.MOST) > 0) {
            throw unclear();
        }
        return PurseJson.of(purse.put(amount));
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    Object unreadable() {
        return unclear().answer();
    }

    private static Refusal unclear() {
        return Refusal.amount(Purse.MOST.toPlainString());
    }
}
