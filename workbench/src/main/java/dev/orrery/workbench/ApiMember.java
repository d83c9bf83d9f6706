package dev.orrery.workbench;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.ApiServerConfig;
import dev.orrery.apiserver.admission.NamespaceLifecycle;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The api-server through all its lives. What is asked while it is away fails. */
final class ApiMember implements Api {

    private static final String USER_AGENT = "workbench";

    private final EventLoop loop;
    private final MemoryLog registry;
    private final MemoryLog events;
    private final Bodies bodies;
    private final SplittableRandom random;
    private final Map<Long, CompletableFuture<?>> unanswered = new LinkedHashMap<>();
    private long asked;
    private @Nullable Incarnation life;
    private @Nullable ApiServer server;

    ApiMember(
            EventLoop loop,
            MemoryLog registry,
            MemoryLog events,
            Bodies bodies,
            SplittableRandom random) {
        this.loop = loop;
        this.registry = registry;
        this.events = events;
        this.bodies = bodies;
        this.random = random;
    }

    /** Completes when the server has read the log and answers. */
    CompletionStage<Void> start() {
        Incarnation begun = new Incarnation("kube-apiserver", loop);
        ApiServer started =
                new ApiServer(
                        registry.seenThrough(begun.steps(), 1),
                        null,
                        events.seenThrough(begun.steps(), 1),
                        begun.clock(),
                        random.split(),
                        begun.steps(),
                        bodies,
                        List.of(new NamespaceLifecycle()),
                        ApiServerConfig.DEFAULTS);
        life = begun;
        return started.start().thenRun(() -> server = started);
    }

    /** As {@code kill -9}: nobody who waits for an answer gets one. */
    void kill() {
        if (life != null) {
            life.kill();
        }
        life = null;
        server = null;
        List.copyOf(unanswered.values()).forEach(stage -> stage.completeExceptionally(away()));
        unanswered.clear();
    }

    @Override
    public CompletionStage<Answer> call(String user, Call call) {
        User who = Users.of(user);
        return ask(api -> api.call(call, who, USER_AGENT).thenApply(ApiMember::answer));
    }

    @Override
    public CompletionStage<Snapshot> snapshot(String user, Set<GroupResource> resources) {
        User who = Users.of(user);
        return ask(api -> api.snapshot(resources, who));
    }

    private <T> CompletionStage<T> ask(Function<ApiServer, CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        long number = asked++;
        unanswered.put(number, answer);
        loop.add(new EventLoop.Step(life, () -> receive(number, question, answer)));
        return answer;
    }

    private <T> void receive(
            long number,
            Function<ApiServer, CompletionStage<T>> question,
            CompletableFuture<T> answer) {
        if (server == null) {
            unanswered.remove(number);
            answer.completeExceptionally(away());
            return;
        }
        question.apply(server)
                .whenComplete((value, problem) -> {
                    unanswered.remove(number);
                    if (problem == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(problem);
                    }
                });
    }

    private static Answer answer(ApiResponse response) {
        return new Answer(response.code(), response.body(), response.resourceVersion());
    }

    private static StoreUnavailableException away() {
        return new StoreUnavailableException("the api-server is away", null);
    }
}
