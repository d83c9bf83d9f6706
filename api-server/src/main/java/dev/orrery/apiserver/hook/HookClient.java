package dev.orrery.apiserver.hook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Posts JSON over HTTPS. For any thread; never blocks. */
@FunctionalInterface
public interface HookClient {

    /** Where there is no network. */
    HookClient NONE =
            call ->
                    CompletableFuture.failedFuture(
                            new HookException(call, "no network to call webhooks over"));

    /**
     * The answer, whatever its code.
     *
     * @return fails with a {@link HookException} where there is none
     */
    CompletionStage<HookAnswer> post(HookCall call);
}
