package io.reelgate.apps;

/** A setting of an app cannot be used as it is; the message says why. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    InvalidSettingException(String setting, String message) {
        super(message, null, false, false);
        this.setting = setting;
    }

    /** Which one. */
    public String setting() {
        return setting;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
