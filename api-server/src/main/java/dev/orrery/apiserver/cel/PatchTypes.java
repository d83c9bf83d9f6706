package dev.orrery.apiserver.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code Object}, {@code Object.spec} and so on, which take any field, and {@code JSONPatch}. The
 * checker wants the fields of a type by name: any word of the text may be one.
 */
@SuppressWarnings("Immutable") // as those that it asks
final class PatchTypes implements CelTypeProvider {

    static final String OBJECT = "Object";
    static final String PATCH = "JSONPatch";

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\-/]*");
    private static final StructType PATCH_TYPE =
            StructType.create(
                    PATCH,
                    ImmutableSet.of("op", "path", "from", "value"),
                    field ->
                            Optional.of(
                                    field.equals("value") ? SimpleType.DYN : SimpleType.STRING));

    private final ImmutableSet<String> words;
    private final CelTypeProvider others;

    PatchTypes(String text, CelTypeProvider others) {
        this.words =
                WORD.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .collect(ImmutableSet.toImmutableSet());
        this.others = others;
    }

    static boolean isObject(String name) {
        return name.equals(OBJECT) || name.startsWith(OBJECT + ".");
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.<CelType>builder().add(PATCH_TYPE).addAll(others.types()).build();
    }

    @Override
    public Optional<CelType> findType(String name) {
        if (name.equals(PATCH)) {
            return Optional.of(PATCH_TYPE);
        }
        return isObject(name)
                ? Optional.of(StructType.create(name, words, _ -> Optional.of(SimpleType.DYN)))
                : others.findType(name);
    }
}
