package io.reelgate.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of names that ops did not register.
 *
 * @param unknownApps whether they may submit jobs; by default they may
 */
@ConfigurationProperties("reelgate.access")
record UnknownAppsProperties(@DefaultValue("allow") Answer unknownApps) {

    enum Answer {
        ALLOW,
        REFUSE
    }

    boolean maySubmit() {
        return unknownApps == Answer.ALLOW;
    }
}
