package dev.orrery.machinery.testing.register;

import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history is linearizable: whether each operation can be given one point between
 * its call and its answer, so that a single register would have answered the same. Registers are
 * independent, so each is checked alone.
 *
 * <p>The search is Wing and Gong's with Lowe's memory: take next any operation that was called
 * before all of the rest had answered, go back where that leads nowhere, and never look at the same
 * set of operations with the same value twice.
 */
public final class RegisterChecker {

    private static final int SHOWN = 6;

    private final List<Operation> operations;
    private final Set<Point> seen = new HashSet<>();
    private List<Operation> longest = List.of();
    private BitSet longestDone = new BitSet();
    private String longestValue = "";

    private RegisterChecker(List<Operation> operations) {
        this.operations =
                operations.stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
    }

    /** Empty if all is well; else the operations that cannot be, for a person to read. */
    public static Optional<String> violation(List<Operation> history) {
        Map<String, List<Operation>> byRegister =
                history.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Operation::register, TreeMap::new, Collectors.toList()));
        for (List<Operation> operations : byRegister.values()) {
            RegisterChecker checker = new RegisterChecker(operations);
            if (!checker.search()) {
                return Optional.of(checker.story());
            }
        }
        return Optional.empty();
    }

    private boolean search() {
        Deque<Frame> path = new ArrayDeque<>();
        path.push(new Frame(new BitSet(), "", null));
        while (!path.isEmpty()) {
            Frame frame = path.peek();
            if (isComplete(frame.done)) {
                return true;
            }
            Frame next = frame.next();
            if (next == null) {
                path.pop();
            } else if (seen.add(new Point(next.done, next.value))) {
                path.push(next);
                remember(path);
            }
        }
        return false;
    }

    /** Those that never answered may have never happened. */
    private boolean isComplete(BitSet done) {
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            if (operations.get(i).returned() != Operation.NEVER) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> candidates(BitSet done) {
        long firstAnswer = Operation.NEVER;
        List<Integer> candidates = new ArrayList<>();
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.invoked() > firstAnswer) {
                break;
            }
            firstAnswer = Math.min(firstAnswer, operation.returned());
            candidates.add(i);
        }
        return candidates;
    }

    /** The value after a step; null if the step cannot be taken now. */
    private static @Nullable String after(Step step, String value) {
        return switch (step) {
            case Step.Read read -> read.value().equals(value) ? value : null;
            case Step.Wrote wrote -> wrote.expected().equals(value) ? wrote.value() : null;
            case Step.Refused refused -> refused.expected().equals(value) ? null : value;
            case Step.Unknown unknown -> unknown.expected().equals(value) ? unknown.value() : null;
        };
    }

    private void remember(Deque<Frame> path) {
        if (path.size() - 1 > longest.size()) {
            List<Operation> taken = new ArrayList<>();
            path.descendingIterator()
                    .forEachRemaining(frame -> {
                        if (frame.taken != null) {
                            taken.add(frame.taken);
                        }
                    });
            longest = taken;
            longestDone = path.element().done;
            longestValue = path.element().value;
        }
    }

    private String story() {
        List<Operation> last = longest.subList(Math.max(0, longest.size() - SHOWN), longest.size());
        StringBuilder story = new StringBuilder("not linearizable. After\n");
        last.forEach(operation -> story.append("  ").append(operation).append('\n'));
        story.append("the register holds \"").append(longestValue).append("\", and none of\n");
        candidates(longestDone)
                .forEach(i -> story.append("  ").append(operations.get(i)).append('\n'));
        return story.append("can be next").toString();
    }

    private record Point(BitSet done, String value) {}

    /** A place in the search: what was taken so far, and what has not been tried from here. */
    private final class Frame {

        private final BitSet done;
        private final String value;
        private final @Nullable Operation taken;
        private final Deque<Integer> untried;

        private Frame(BitSet done, String value, @Nullable Operation taken) {
            this.done = done;
            this.value = value;
            this.taken = taken;
            this.untried = new ArrayDeque<>(candidates(done));
        }

        private @Nullable Frame next() {
            while (!untried.isEmpty()) {
                int index = untried.remove();
                Operation operation = operations.get(index);
                String then = after(operation.step(), value);
                if (then != null) {
                    BitSet more = (BitSet) done.clone();
                    more.set(index);
                    return new Frame(more, then, operation);
                }
            }
            return null;
        }
    }
}
