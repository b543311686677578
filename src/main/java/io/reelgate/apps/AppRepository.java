package io.reelgate.apps;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The apps that ops registered: as many as a company has. */
interface AppRepository extends Repository<App, String> {

    List<App> findAllByOrderByName();

    Optional<App> findByName(String name);

    App saveAndFlush(App app);

    void delete(App app);
}
