package io.reelgate.operations;

import io.reelgate.apps.AppChange;
import io.reelgate.apps.AppRegistry;
import io.reelgate.apps.AppSettings;
import io.reelgate.apps.InvalidSettingException;
import io.reelgate.apps.KnownApp;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Looks at the apps and changes what is registered of them, with problems in ops' words. */
@Component
public class RegisteredApps {

    private static final Logger log = LoggerFactory.getLogger(RegisteredApps.class);

    private final AppRegistry registry;

    RegisteredApps(AppRegistry registry) {
        this.registry = registry;
    }

    /** All that are registered or had a job accepted, by name. */
    public List<KnownApp> all() {
        return registry.all();
    }

    /** One of them; a 404 if nothing is known of the name. */
    public KnownApp find(String name) {
        return registry.find(name).orElseThrow(() -> unknown(name));
    }

    /** The same, or an app of which nothing is known yet; a 404 for what can be no name. */
    public KnownApp findOrNew(String name) {
        if (!AppRegistry.isName(name)) {
            throw unknown(name);
        }
        return registry.find(name).orElseGet(() -> new KnownApp(name, null, null, null));
    }

    /** The latest changes of its settings, the newest first. */
    public List<AppChange> changes(String name) {
        return registry.changes(name);
    }

    /**
     * Registers an app, or replaces what was said of it.
     *
     * @param settings by the names of the ops API; a 400 names the one that cannot be used
     * @param by the acting user
     */
    public void put(String name, Map<String, ? extends @Nullable Object> settings, String by) {
        if (!AppRegistry.isName(name)) {
            throw OpsProblem.parameter("name", "An app's name has 1 to 64 letters, digits, '.', '_' or '-'");
        }
        try {
            var difference = registry.put(name, AppSettings.of(settings), by);
            log.warn("App {} registered by {}: {}", name, by, difference.replace("\n", "; "));
        } catch (InvalidSettingException e) {
            throw OpsProblem.parameter(e.setting(), e.getMessage());
        }
    }

    /** Forgets what was said of an app; a 404 if nothing was. */
    public void remove(String name, String by) {
        if (!registry.remove(name, by)) {
            throw unknown(name);
        }
        log.warn("App {} is not registered any more, says {}", name, by);
    }

    private static OpsProblem unknown(String name) {
        return OpsProblem.of(
                HttpStatus.NOT_FOUND,
                AppRegistry.isName(name)
                        ? "Nothing is registered of an app '" + name + "', and no job of it was seen"
                        : "No app can have this name");
    }
}
