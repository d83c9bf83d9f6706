package dev.orrery.workbench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task that may block, on a thread of its own that runs only while the event loop waits for it:
 * so there is ever one thing running, and a run stays deterministic. Where the task waits for an
 * answer the loop goes on, and between the question and the answer anything may happen: other
 * components run, or this one is killed.
 */
final class Coroutine {

    private static final ScopedValue<Coroutine> CURRENT = ScopedValue.newInstance();

    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore hasPaused = new Semaphore(0);
    private final Consumer<Runnable> resumer;
    private boolean abandoned;
    private boolean finished;
    private @Nullable Throwable failure;

    private Coroutine(Consumer<Runnable> resumer) {
        this.resumer = resumer;
    }

    /**
     * Runs a task until it ends or first waits.
     *
     * @param resumer takes the step that lets the task go on once its answer is there
     */
    static Coroutine start(Runnable task, Consumer<Runnable> resumer) {
        Coroutine coroutine = new Coroutine(resumer);
        Thread.ofVirtual().start(() -> coroutine.run(task));
        coroutine.proceed();
        return coroutine;
    }

    /** Ends the running task if its process was killed while it waited. */
    static void checkAlive() {
        if (CURRENT.isBound()) {
            CURRENT.get().dieIfAbandoned();
        }
    }

    /** Waits for an answer: in a coroutine, by letting the event loop go on. */
    static <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("only a coroutine may wait for the store");
        }
        Coroutine coroutine = CURRENT.get();
        if (!answer.isDone()) {
            var _ =
                    answer.whenComplete(
                            (value, problem) -> coroutine.resumer.accept(coroutine::proceed));
            coroutine.pause();
        }
        coroutine.dieIfAbandoned();
        return unwrap(answer);
    }

    /** The task never goes on: what a killed process was doing stays half done. */
    void abandon() {
        if (!finished) {
            abandoned = true;
            proceed();
        }
    }

    boolean isFinished() {
        return finished;
    }

    private void run(Runnable task) {
        mayRun.acquireUninterruptibly();
        try {
            ScopedValue.where(CURRENT, this).run(task);
        } catch (Abandoned e) {
            // The process that this belonged to is gone; nobody is left to tell.
        } catch (Throwable e) {
            failure = e;
        } finally {
            finished = true;
            hasPaused.release();
        }
    }

    /** Called by the event loop: lets the task run until it ends or waits again. */
    private void proceed() {
        if (finished) {
            return;
        }
        mayRun.release();
        hasPaused.acquireUninterruptibly();
        if (failure != null) {
            throw new IllegalStateException("a task failed", failure);
        }
    }

    private void pause() {
        hasPaused.release();
        mayRun.acquireUninterruptibly();
    }

    private void dieIfAbandoned() {
        if (abandoned) {
            throw new Abandoned();
        }
    }

    static <T> T unwrap(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Unwinds the stack of an abandoned task; an Error, so that no handler takes it for a failure.
     */
    private static final class Abandoned extends Error {}
}
