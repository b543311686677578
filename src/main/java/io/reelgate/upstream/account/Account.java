package io.reelgate.upstream.account;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A name at an address that jobs were sent to. Where ops say that two are the same account, both have the same owner. */
@Entity
class Account {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Short id;

    private String name;
    private @Nullable String address;
    private short owner;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected Account() {}

    Account(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /** It is an account of its own, until ops say otherwise; to be called once it has its id. */
    void ownItself() {
        owner = id();
    }

    /** The first gateway of its name says where it is. */
    void locate(String where) {
        address = where;
    }

    /** Ops say that it is the same account as that one. */
    void adoptedBy(short other) {
        owner = other;
    }

    short id() {
        return Objects.requireNonNull(id);
    }

    String name() {
        return name;
    }

    @Nullable
    String address() {
        return address;
    }

    short owner() {
        return owner;
    }
}
