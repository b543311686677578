package io.reelgate.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as Standard Webhooks 1.0 has them: of the id, the time of the try, and the bytes of the body. */
public final class Signature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The header: a signature for each of these secrets. */
    static String of(List<byte[]> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream()
                .map(secret -> VERSION + Base64.getEncoder().encodeToString(sign(secret, id, timestamp, body)))
                .collect(joining(" "));
    }

    /** Whether one of the header's signatures was made with one of these secrets. */
    public static boolean verifies(List<byte[]> secrets, String header, String id, long timestamp, byte[] body) {
        return Stream.of(header.split(" ", -1))
                .anyMatch(given -> secrets.stream()
                        .map(secret -> of(List.of(secret), id, timestamp, body))
                        .anyMatch(right -> MessageDigest.isEqual(right.getBytes(UTF_8), given.getBytes(UTF_8))));
    }

    /** The HMAC of these parts, one after the other. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] sign(byte[] secret, String id, long timestamp, byte[] body) {
        return hmac(secret, (id + "." + timestamp + ".").getBytes(UTF_8), body);
    }
}
