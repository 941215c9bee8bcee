using System.Collections.Concurrent;

namespace Dashboard.Data.Sql;

/// <summary>Statement files, embedded beside the loop that runs them.</summary>
public static class SqlFile
{
    private static readonly ConcurrentDictionary<(Type, string), string> s_texts = new();

    /// <summary>The text of <c>{name}.sql</c> in the folder (namespace) of <typeparamref name="T"/>.</summary>
    public static string Read<T>(string name) =>
        s_texts.GetOrAdd(
            (typeof(T), name),
            static key =>
            {
                var resource = $"{key.Item1.Namespace}.{key.Item2}.sql";
                using var stream =
                    key.Item1.Assembly.GetManifestResourceStream(resource)
                    ?? throw new InvalidOperationException($"{resource} is not embedded.");
                using var reader = new StreamReader(stream);
                return reader.ReadToEnd();
            }
        );
}
