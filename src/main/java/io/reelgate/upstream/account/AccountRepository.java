package io.reelgate.upstream.account;

import jakarta.persistence.LockModeType;
import java.util.List;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The accounts on record: a handful. */
interface AccountRepository extends Repository<Account, Short> {

    List<Account> findAllByOrderById();

    /** All of this name, the oldest first, for one who is about to change them. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    List<Account> findByNameOrderById(String name);

    Account saveAndFlush(Account account);
}
