package dev.orrery.apiserver.admission;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster's users have programmed: policies, which are asked here and now, and webhooks,
 * which answer when they answer. For any thread; never blocks.
 *
 * <p>Both methods answer null where nobody had to be waited for. They refuse by throwing a
 * StatusException, or by a stage that fails with one.
 */
public interface UserAdmission {

    UserAdmission NONE =
            new UserAdmission() {
                @Override
                public @Nullable CompletionStage<Void> mutate(
                        Attributes attributes, Runnable builtIn) {
                    return null;
                }

                @Override
                public @Nullable CompletionStage<Void> validate(Attributes attributes) {
                    return null;
                }
            };

    /**
     * May change the attributes' object, until the stage is complete.
     *
     * @param builtIn lets the plugins see an object that was changed after they had seen it
     */
    @Nullable CompletionStage<Void> mutate(Attributes attributes, Runnable builtIn);

    @Nullable CompletionStage<Void> validate(Attributes attributes);
}
