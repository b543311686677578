package io.reelgate.upstream.newapi;

import java.util.regex.Pattern;

/** Knows the codes and words by which the upstream and the providers behind it say that there is no money. */
final class Balance {

    private static final String MONEY = "(quota|balance|credit|fund)s?";

    /** 1113 is Zhipu's, 402 the HTTP status by its number. */
    private static final Pattern NAMED = Pattern.compile("^(1113|402)$"
            + "|(insufficient|notenough|lackof|outof|no)(user|token|account|api)?" + MONEY
            + "|" + MONEY + "(is|are)?(insufficient|notenough|exhausted|usedup|depleted|toolow|empty)"
            + "|preconsume.*quota|creditserror|exceededcurrentquota|arrear|paymentrequired|billing(hardlimit|limit|notactive)"
            + "|(account|service|payment|bill|balance)(is)?overdue");

    /** Codes that only say that, or with which status, something went wrong; and those of a quota, which may be one of a rate. */
    private static final Pattern OPEN =
            Pattern.compile("\\d*|badresponse(statuscode)?|invalidrequest(error)?|badrequest"
                    + "|(newapi|oneapi|api|upstream|unknown|server|request)?error|unknown|fail(ed)?|failtofetchtask"
                    + "|forbidden|unauthorized|accessdenied|permissiondenied|quota(limit)?(exceeded|reached)");

    private static final Pattern MEANT = Pattern.compile(
            "(insufficient|not enough|out of|lack of|no more)[ _](account[ _]|user[ _]|token[ _]|remaining[ _])?"
                    + MONEY
                    + "|" + MONEY
                    + "( is| are| has been| have been)? (insufficient|not enough|exceeded|exhausted|used up|depleted|too low)"
                    + "|(exceed(ed|s)?|exhausted|used up|spent)( of)?( all)?( your| the| its| my)?( [a-z]+)? " + MONEY
                    + "|need quota|payment method|payment required|recharge|\\btop[ -]?up\\b|plan and billing|billing (hard )?limit"
                    + "|overdue (balance|payment|bill)|(account|balance|bill|payment) (is )?overdue|in arrears|no resource package"
                    + "|(余额|额度|资源包).{0,8}(不足|不够|用尽|耗尽|用完)|欠费|充值|预扣费|无可用资源包");

    private static final Pattern RATE =
            Pattern.compile("rate[ _-]?limit|too (many requests|frequent|fast)|concurren|throttl"
                    + "|(?<![a-z])per[ _-](second|minute|hour|day)|\\d ?/ ?(s|sec|second|m|min|minute|h|hour|d|day)\\b"
                    + "|\\b(rp[smd]|tp[smd]|qp[sm]|ipm)\\b|频繁|频率|并发|限流|限速|每(秒|分钟?|小时|天|日)|(秒|分钟|小时|天)内");

    private Balance() {}

    /** Whether this code or type, in lower case, says that there is no money: {@code insufficient_quota} and its kin. */
    static boolean isNamedBy(String name) {
        return NAMED.matcher(squeezed(name)).find();
    }

    /** Whether this code, in lower case, leaves open what is wrong, so that the words may tell. */
    static boolean isLeftOpenBy(String code) {
        return OPEN.matcher(squeezed(code)).matches();
    }

    /** Whether this message, in lower case, says that there is no money. A rate is no balance, whatever it calls itself. */
    static boolean isMeantBy(String message) {
        return MEANT.matcher(message).find() && !RATE.matcher(message).find();
    }

    /** {@code InsufficientBalance}, {@code insufficient_balance} and {@code insufficient-balance} are one. */
    private static String squeezed(String name) {
        return name.replaceAll("[^a-z0-9]", "");
    }
}
