package io.reelgate.opsapi;

import static java.util.Objects.requireNonNull;

import io.reelgate.billing.spend.SpendBy;
import io.reelgate.delivery.webhook.DeliveryState;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.FilmFilter;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says in {@code /v3/api-docs} what no signature of the ops API shows: the login, the filter, and every problem. */
@Component
class OpsApiDescription implements OpenApiCustomizer {

    private static final String LOGIN = "ops";
    private static final String APP = AppsApi.PATH + "/{name}";
    private static final String JOB = JobsApi.PATH + "/{id}";
    private static final String SPEND = "/ops/api/spend";
    private static final String SPEND_PAGE = "/ops/spend";

    @Override
    public void customise(OpenAPI api) {
        // The pages' own ways to what programs take from the API.
        api.getPaths().keySet().removeIf(path -> path.startsWith(JobsCsv.PAGES) || path.startsWith(SPEND_PAGE));
        api.getComponents()
                .addSecuritySchemes(
                        LOGIN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic")
                                .description("The ops user and password"))
                .addSchemas(DocumentedProblem.SCHEMA, DocumentedProblem.schema());

        var list = get(
                api,
                JobsApi.PATH,
                "Search the history, newest first; of a long prompt it has the beginning",
                DocumentedProblem.SEARCHING);
        list.setParameters(filter());
        list.addParametersItem(query("limit", "How many, 1 to 200", new IntegerSchema()._default(50)))
                .addParametersItem(query(
                        "cursor",
                        "The next of an earlier page; go on until that is null: a search may answer a short or empty page and have more",
                        new StringSchema()));
        var csv =
                get(api, JobsApi.PATH + ".csv", "Every job of a filter, as a spreadsheet", DocumentedProblem.SEARCHING);
        csv.setParameters(filter());
        requireNonNull(csv.getResponses().get("200"))
                .description("UTF-8 with a header row; cells that a spreadsheet would compute are disarmed")
                .setContent(new Content().addMediaType("text/csv", new MediaType().schema(new StringSchema())));
        get(api, JOB, "One job with its whole prompt, its request and its timeline", DocumentedProblem.FINDING);
        get(api, "/ops/api/quota-incidents", "The newest 500 quota incidents, newest first", List.of());
        get(api, "/ops/api/stats", "The overview's numbers", DocumentedProblem.COUNTING);
        var spend = get(
                api,
                SPEND,
                "What was spent on jobs that were sent on these days; the items come to the total",
                DocumentedProblem.SPENDING);
        spend.setParameters(days());
        var sheet = get(api, SPEND + ".csv", "The same items, as a spreadsheet", DocumentedProblem.SPENDING);
        sheet.setParameters(days());
        requireNonNull(sheet.getResponses().get("200"))
                .description("UTF-8 with a header row and without a line for the total")
                .setContent(new Content().addMediaType("text/csv", new MediaType().schema(new StringSchema())));
        get(api, AccountsApi.PATH, "Whose tasks are in flight; those that are not served are left alone", List.of());
        get(api, AppsApi.PATH, "The apps that are registered or had a job accepted, by name", List.of());
        get(api, APP, "One app, and who changed what of it", DocumentedProblem.FINDING_APP);
        get(api, PauseApi.PATH, "Whether submissions are paused", List.of());

        var apps = requireNonNull(api.getPaths().get(APP));
        var register = change(
                apps.getPut(),
                "Register an app, or replace what is registered of it; known to all replicas within a second",
                DocumentedProblem.REGISTERING);
        register.getRequestBody().getContent().values().forEach(media -> media.setSchema(settings()));
        example(register, Map.of("note", "the web shop", "networks", List.of("10.1.0.0/16"), "jobs_per_minute", 30));
        change(apps.getDelete(), "Forget what is registered of an app", DocumentedProblem.FINDING_APP);
        var deliveries = get(
                api,
                DeliveriesApi.PATH,
                "Webhooks that were sent or are to be, newest first",
                DocumentedProblem.LISTING_DELIVERIES);
        var states = new StringSchema();
        Stream.of(DeliveryState.values()).map(DeliveryState::word).forEach(states::addEnumItem);
        deliveries.setParameters(new ArrayList<>(List.of(
                query("app", "Of this app", new StringSchema()),
                query("state", "In this state", states),
                query("cursor", "The next of an earlier page", new StringSchema()))));
        post(
                api,
                DeliveriesApi.PATH + "/{id}/redeliver",
                "Send a webhook again, at once and under its id",
                DocumentedProblem.REDELIVERING);
        post(
                api,
                DeliveriesApi.PATH + "/redeliver",
                "Send all of an app again that were written since then and have not arrived; says how many",
                DocumentedProblem.REDELIVERING_ALL);
        get(
                api,
                DeliveriesApi.SECRET,
                "The secret that an app checks its webhooks with",
                DocumentedProblem.NAMING_AN_APP);

        post(
                api,
                AccountsApi.PATH + "/{name}/adopt",
                "All accounts of the configured name are the same, wherever they are or were",
                DocumentedProblem.ADOPTING);
        get(api, LanesApi.PATH, "For what jobs wait, how many, and when one is tried", List.of());
        post(
                api,
                LanesApi.PATH + "/try",
                "Try one job of a closed lane now, or of all that are closed; says how many lanes",
                DocumentedProblem.TRYING_LANES);
        post(api, JOB + "/cancel", "Call a job off that waits", DocumentedProblem.CANCELLING);
        post(
                api,
                JobsApi.PATH + "/cancel",
                "Call all jobs of an app off that wait; says how many",
                DocumentedProblem.CANCELLING_ALL);
        post(api, JOB + "/poll", "Poll a job in flight now", DocumentedProblem.POLLING);
        post(
                api,
                JOB + "/keep",
                "Keep the job's film now, which is not kept and still can be had",
                DocumentedProblem.KEEPING);
        post(
                api,
                FilmsApi.KEEP_ALL,
                "Keep all films that are not kept and still can be had; says how many",
                DocumentedProblem.KEEPING_ALL);
        example(
                post(api, JOB + "/charge", "Say what a job that has ended came to", DocumentedProblem.CHARGING),
                Map.of("amount", "5.0094", "note", "as on the upstream's bill"));
        example(
                post(api, JOB + "/resolution", "Settle or reopen a job", DocumentedProblem.RESOLVING),
                Map.of("action", "attach", "upstream_task_id", "cgt-20260724-abc", "note", "seen on the bill"));
        example(
                post(api, PauseApi.PATH, "Pause or resume submissions, on all replicas", DocumentedProblem.PAUSING),
                Map.of("paused", true, "note", "The balance is being charged"));
    }

    private static Operation get(OpenAPI api, String path, String summary, List<DocumentedProblem> problems) {
        return describe(requireNonNull(api.getPaths().get(path)).getGet(), summary, problems);
    }

    private static Operation post(OpenAPI api, String path, String summary, List<DocumentedProblem> problems) {
        return change(requireNonNull(api.getPaths().get(path)).getPost(), summary, problems);
    }

    private static Operation change(Operation operation, String summary, List<DocumentedProblem> problems) {
        return describe(
                operation,
                summary,
                Stream.concat(problems.stream(), Stream.of(DocumentedProblem.FOREIGN))
                        .toList());
    }

    private static Operation describe(Operation operation, String summary, List<DocumentedProblem> problems) {
        operation.summary(summary).tags(List.of("ops")).security(List.of(new SecurityRequirement().addList(LOGIN)));
        Stream.concat(DocumentedProblem.ANYWHERE.stream(), problems.stream())
                .forEach(problem -> problem.addTo(operation.getResponses()));
        return operation;
    }

    /** Read as it comes, so that one that is misspelt is refused by name; hence no signature shows them. */
    private static Schema<?> settings() {
        return new ObjectSchema()
                .addProperty("note", new StringSchema().description("For ops only"))
                .addProperty(
                        "networks",
                        new ArraySchema()
                                .items(new StringSchema())
                                .description("Where its name may be claimed and its jobs be reached; none: anywhere"))
                .addProperty("jobs_per_minute", new IntegerSchema().description("In place of the gateway's own limit"))
                .addProperty(
                        "max_in_flight",
                        new IntegerSchema().description("How many of its jobs may be with the upstream at once"))
                .addProperty(
                        "hold",
                        new StringSchema()
                                .addEnumItem("yes")
                                .addEnumItem("no")
                                .description("Whether its jobs wait that cannot be sent; none: reelgate.hold.default"))
                .addProperty("webhook_url", new StringSchema().description("Where it is told of the end of its jobs"));
    }

    private static List<Parameter> filter() {
        var statuses = new StringSchema();
        Stream.of(JobStatus.values()).map(JobStatus::word).forEach(statuses::addEnumItem);
        var films = new StringSchema();
        Stream.of(FilmFilter.values()).map(FilmFilter::word).forEach(films::addEnumItem);
        return new ArrayList<>(List.of(
                query("app", "Jobs of this app", new StringSchema()),
                query("status", "In any of these statuses", new ArraySchema().items(statuses)),
                query("model", "Of this model", new StringSchema()),
                query("from", "Asked for at this instant or later", new StringSchema().format("date-time")),
                query("to", "Asked for before this instant", new StringSchema().format("date-time")),
                query(
                        "film",
                        "Whose film is kept, waits to be kept, or is not to be had although it should be kept",
                        films),
                query("text", "The prompt's first 2,000 characters contain this", new StringSchema())));
    }

    private static List<Parameter> days() {
        var splits = new StringSchema();
        Stream.of(SpendBy.values()).map(SpendBy::word).forEach(splits::addEnumItem);
        return new ArrayList<>(List.of(
                query("from", "The first day; without any, this month", new StringSchema().format("date")),
                query("to", "The last day, at most 366 in all", new StringSchema().format("date")),
                query("by", "What it is split by", splits)));
    }

    private static QueryParameter query(String name, String description, Schema<?> schema) {
        var parameter = new QueryParameter();
        parameter.name(name).description(description).required(false).schema(schema);
        return parameter;
    }

    private static void example(Operation operation, Map<String, Object> example) {
        operation.getRequestBody().getContent().values().forEach(media -> media.setExample(example));
    }
}
