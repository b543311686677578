package io.reelgate.upstream.account;

import io.reelgate.upstream.UpstreamProperties;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The account that this gateway is configured for, and those that are the same.
 *
 * <p>A task is known only to the account that it was bought from. A gateway that was started with another upstream, or as the
 * sandbox, would be told that there is no such task, and would declare paid jobs lost; so it leaves them alone. The sandbox is
 * known by its name only: its address is the gateway's own, and tells nothing.
 */
@Component
public class Accounts implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** The account of the simulated upstream. */
    public static final String SANDBOX = "sandbox";

    private final AccountRepository accounts;
    private final TransactionOperations transaction;
    private final String name;
    private final String address;
    private volatile short own;
    private volatile Known known = Known.NOTHING;
    private volatile boolean running;

    /** What is on record, looked up now and then. */
    private record Known(short owner, List<Integer> served) {
        static final Known NOTHING = new Known((short) 0, List.of());
    }

    Accounts(AccountRepository accounts, TransactionOperations transaction, UpstreamProperties properties) {
        this.accounts = accounts;
        this.transaction = transaction;
        this.name = properties.account();
        this.address = properties.baseUrl().toString().toLowerCase(Locale.ROOT);
    }

    /** Puts the configured account on record; not in the constructor, since the image's training run has no database. */
    @Override
    public void start() {
        own = register();
        known = look();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server and the poller, which need to know whom they work for. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** The id that new jobs are to carry. */
    public int current() {
        return known.owner();
    }

    /** The name of the configured account. */
    public String name() {
        return name;
    }

    /** The configured account. */
    public UpstreamAccount configured() {
        return new UpstreamAccount(own, name, address, true);
    }

    /** The ids of the accounts whose tasks this gateway may ask for. */
    public List<Integer> served() {
        return known.served();
    }

    /** Whether this gateway may ask for tasks of the account of this id. */
    public boolean serves(int account) {
        return known.served().contains(account);
    }

    /** All accounts on record, the oldest first. */
    public List<UpstreamAccount> all() {
        return accounts.findAllByOrderById().stream()
                .map(account -> new UpstreamAccount(
                        account.id(), account.name(), account.address(), account.owner() == known.owner()))
                .toList();
    }

    /**
     * Ops say that all accounts of the configured name are the same, wherever they are or were: from now on their tasks are asked
     * for at the configured address. Other replicas know within seconds.
     *
     * @return false if another account is configured; then nothing was changed
     */
    public boolean adopt(String adopted) {
        if (!adopted.equals(name)) {
            return false;
        }
        transaction.executeWithoutResult(_ -> {
            var same = accounts.findByNameOrderById(name);
            var oldest = same.getFirst().owner();
            same.forEach(account -> account.adoptedBy(oldest));
        });
        known = look();
        return true;
    }

    /** Learns what ops said elsewhere. */
    @Scheduled(fixedDelayString = "5s", initialDelayString = "5s")
    void refresh() {
        if (running) {
            known = look();
        }
    }

    private Known look() {
        var all = accounts.findAllByOrderById();
        var owner = all.stream()
                .filter(account -> account.id() == own)
                .findFirst()
                .orElseThrow()
                .owner();
        return new Known(
                owner,
                all.stream()
                        .filter(account -> account.owner() == owner)
                        .map(account -> (int) account.id())
                        .toList());
    }

    private short register() {
        try {
            return find();
        } catch (DataIntegrityViolationException anotherReplicaWasFaster) {
            return find();
        }
    }

    private short find() {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var named = accounts.findByNameOrderById(name);
            var here = named.stream().filter(this::isHere).findFirst();
            if (here.isPresent()) {
                here.get().locate(address);
                return here.get().id();
            }
            var added = accounts.saveAndFlush(new Account(name, address));
            added.ownItself();
            log.info("Account {} at {} is new on record", name, address);
            return added.id();
        }));
    }

    private boolean isHere(Account account) {
        var where = account.address();
        return where == null || where.equals(address) || name.equals(SANDBOX);
    }
}
