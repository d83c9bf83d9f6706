package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf} and {@code lastIndexOf}
 * of lists. Kubernetes has one overload for each type of element; here one takes all, and finds out
 * when it runs what cannot be compared or added.
 */
final class ListFunctions {

    private static final CelType ELEMENT = TypeParamType.create("A");
    private static final CelType LIST = ListType.create(ELEMENT);

    private ListFunctions() {}

    static void addTo(Functions to) {
        to.member("isSorted", "list_a_is_sorted_bool", BOOL, a -> isSorted(list(a)), LIST);
        to.member("sum", "list_a_sum_a", ELEMENT, a -> sum(list(a)), LIST);
        to.member("min", "list_a_min_a", ELEMENT, a -> least(list(a), "min", 1), LIST);
        to.member("max", "list_a_max_a", ELEMENT, a -> least(list(a), "max", -1), LIST);
        to.member("indexOf", "list_a_index_of_int", INT, a -> indexOf(a, false), LIST, ELEMENT);
        to.member(
                "lastIndexOf",
                "list_a_last_index_of_int",
                INT,
                a -> indexOf(a, true),
                LIST,
                ELEMENT);
    }

    private static List<?> list(Object[] arguments) {
        return (List<?>) arguments[0];
    }

    private static boolean isSorted(List<?> list) {
        Iterator<?> elements = list.iterator();
        Object previous = elements.hasNext() ? elements.next() : null;
        while (previous != null && elements.hasNext()) {
            Object next = elements.next();
            if (compare(previous, next) > 0) {
                return false;
            }
            previous = next;
        }
        return true;
    }

    private static Object least(List<?> list, String function, int sign) {
        Object least = null;
        for (Object element : list) {
            if (least == null || compare(least, element) * sign > 0) {
                least = element;
            }
        }
        if (least == null) {
            throw new FunctionFailure(function + " called on empty list");
        }
        return least;
    }

    private static Object sum(List<?> list) {
        Object sum = null;
        for (Object element : list) {
            sum = sum == null ? addable(element) : add(sum, element);
        }
        return sum == null ? (Object) 0L : sum;
    }

    private static Object addable(Object element) {
        return switch (element) {
            case Long _, Double _, UnsignedLong _, Duration _ -> element;
            default -> throw noSuchOverload();
        };
    }

    private static Object add(Object sum, Object element) {
        if (sum instanceof Long a && element instanceof Long b) {
            try {
                return Math.addExact(a, b);
            } catch (ArithmeticException e) {
                throw new FunctionFailure("integer overflow");
            }
        }
        if (sum instanceof Double a && element instanceof Double b) {
            return a + b;
        }
        if (sum instanceof UnsignedLong a && element instanceof UnsignedLong b) {
            return a.plus(b);
        }
        if (sum instanceof Duration a && element instanceof Duration b) {
            return a.plus(b);
        }
        throw noSuchOverload();
    }

    private static long indexOf(Object[] arguments, boolean last) {
        List<?> list = list(arguments);
        for (int i = 0; i < list.size(); i++) {
            int at = last ? list.size() - 1 - i : i;
            if (equal(list.get(at), arguments[1])) {
                return at;
            }
        }
        return -1;
    }

    private static boolean equal(Object one, Object other) {
        return (one instanceof Number a && other instanceof Number b)
                ? a.doubleValue() == b.doubleValue()
                : Objects.equals(one, other);
    }

    @SuppressWarnings("unchecked") // of the same class, which compares itself
    private static int compare(Object one, Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return a instanceof Long x && b instanceof Long y
                    ? Long.compare(x, y)
                    : Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (one instanceof CelByteString a && other instanceof CelByteString b) {
            return Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
        }
        if (one instanceof Comparable<?> a && one.getClass().equals(other.getClass())) {
            return ((Comparable<Object>) a).compareTo(other);
        }
        throw noSuchOverload();
    }

    private static FunctionFailure noSuchOverload() {
        return new FunctionFailure("no such overload");
    }
}
