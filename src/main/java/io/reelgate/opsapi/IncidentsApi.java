package io.reelgate.opsapi;

import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.operations.OpsReads;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /ops/api/quota-incidents}: the newest incidents, as JSON. */
@RestController
class IncidentsApi {

    private static final int MOST = 500;

    private final QuotaIncidents incidents;
    private final OpsReads reads;

    IncidentsApi(QuotaIncidents incidents, OpsReads reads) {
        this.incidents = incidents;
        this.reads = reads;
    }

    /** The newest 500, newest first. */
    record Incidents(List<IncidentJson> items) {}

    @GetMapping("/ops/api/quota-incidents")
    Incidents list() {
        return new Incidents(reads.run(() -> incidents.latest(MOST)).stream()
                .map(IncidentJson::of)
                .toList());
    }
}
