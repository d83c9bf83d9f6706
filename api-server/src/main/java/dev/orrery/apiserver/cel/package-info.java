/**
 * Expressions in CEL, as Kubernetes has them: its variables, its libraries, its messages.
 *
 * <p>An {@link dev.orrery.apiserver.cel.Environment} says which variables there are and of which
 * {@link dev.orrery.apiserver.cel.DeclaredType}. It compiles a text, once, into an {@link
 * dev.orrery.apiserver.cel.Expression} or into what is wrong with it; the expression is then
 * evaluated with values as often as wanted, on any thread:
 *
 * {@snippet :
 * Environment rules =
 *         Environment.of(Map.of("self", DeclaredType.DYN, "oldSelf", DeclaredType.DYN));
 * switch (rules.compile("self.min <= self.max", ResultType.BOOL)) {
 *     case Compilation.Failed(String message) -> refuse(message);
 *     case Compilation.Done(Expression rule) -> {
 *         Bindings values = rules.bind(Map.of("self", object, "oldSelf", old));
 *         switch (rule.evaluate(values, new Budget())) {
 *             case Outcome.Value(Object result) -> accept(result.equals(true));
 *             case Outcome.Failed(String message, boolean _) -> refuse(message);
 *         }
 *     }
 * }
 * }
 *
 * <p>JSON is not copied: a value is a view of the tree, made when an expression looks at it. A
 * variable with a {@link dev.orrery.apiserver.cel.DeclaredType.Struct} type is checked when the
 * expression is compiled ({@code undefined field 'foo'}), and its fields show as their types say:
 * times, bytes, numbers. A dynamic one is looked at when the expression runs.
 *
 * <p>Nothing of the CEL library is loaded before the first text is compiled.
 */
@NullMarked
package dev.orrery.apiserver.cel;

import org.jspecify.annotations.NullMarked;
