package dev.orrery.schema.build;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Java model classes of the stable API groups: fields, Java types, descriptions. */
final class JavaModels {

    private static final String PACKAGE = V1ObjectMeta.class.getPackageName();

    /** {@code V1Deployment}, {@code V2MetricSpec}, {@code CoreV1Event}. */
    private static final Pattern STABLE = Pattern.compile("([A-Z][a-z]+)?(V[12])([A-Z]\\w*)");

    private JavaModels() {}

    /** A class and what its name says. */
    record Model(Class<?> type, String group, String version, String goName) {

        String description() {
            ApiModel annotation = type.getAnnotation(ApiModel.class);
            return annotation == null ? "" : annotation.description();
        }

        List<Property> properties() {
            Map<String, Method> getters = new HashMap<>();
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(ApiModelProperty.class)) {
                    getters.put(plain(method.getName().substring("get".length())), method);
                }
            }
            List<Property> properties = new ArrayList<>();
            for (Field field : type.getDeclaredFields()) {
                SerializedName name = field.getAnnotation(SerializedName.class);
                if (name != null) {
                    properties.add(
                            Property.of(name.value(), field, getters.get(plain(field.getName()))));
                }
            }
            return properties;
        }

        private static String plain(String name) {
            return name.replaceAll("[^A-Za-z0-9$]", "").toLowerCase(Locale.ROOT);
        }
    }

    /** A field of a class. */
    record Property(String name, Type type, String description, boolean required) {

        static Property of(String name, Field field, @Nullable Method getter) {
            ApiModelProperty property =
                    getter == null ? null : getter.getAnnotation(ApiModelProperty.class);
            return new Property(
                    name,
                    field.getGenericType(),
                    property == null ? "" : property.value(),
                    property != null && property.required());
        }
    }

    static List<Model> stable() throws IOException, URISyntaxException, ClassNotFoundException {
        Path jar =
                Path.of(
                        V1ObjectMeta.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        List<Model> models = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names =
                    file.stream()
                            .map(entry -> entry.getName().replace('/', '.'))
                            .filter(name -> name.startsWith(PACKAGE) && name.endsWith(".class"))
                            .map(name -> name.substring(0, name.length() - ".class".length()))
                            .sorted()
                            .toList();
            for (String name : names) {
                Matcher stable = STABLE.matcher(name.substring(PACKAGE.length() + 1));
                if (stable.matches() && !name.matches(".*V2\\w+Discovery(List)?")) {
                    models.add(
                            model(
                                    Class.forName(name, false, JavaModels.class.getClassLoader()),
                                    stable));
                }
            }
        }
        return models;
    }

    private static Model model(Class<?> type, Matcher name) {
        String group = name.group(1) == null ? "" : name.group(1).toLowerCase(Locale.ROOT) + ".";
        return new Model(type, group, name.group(2).toLowerCase(Locale.ROOT), name.group(3));
    }
}
