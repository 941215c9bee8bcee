using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Rules.Packs;

/// <summary>The packs that ship with this version of the product (<c>Packs/*.json</c>).</summary>
public static class RulePacks
{
    /// <summary>The pack a new installation starts with: 12 CFR Part 1006.</summary>
    public const string Standard = "us-reg-f";

    /// <summary>To be shown wherever a pack is.</summary>
    public const string Disclaimer =
        "Research with its sources, not legal advice. Have your counsel check what applies to you.";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<RulePack> All { get; } =
    [.. Load().OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>The pack of that key, or null.</summary>
    public static RulePack? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    /// <summary>The version of the pack whose text a rule has; null = an officer changed it.</summary>
    internal static int? VersionOf(string packId, string ruleId, RuleDraft rule)
    {
        var pack = Find(packId);
        var shipped = pack?.Rules.FirstOrDefault(r => r.Id == ruleId);
        return shipped?.IsTextOf(rule) == true ? pack!.Version : null;
    }

    private static IEnumerable<RulePack> Load()
    {
        var assembly = typeof(RulePacks).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("packs/", StringComparison.Ordinal))
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<RulePack>(stream, JsonShape.Options)
                ?? throw new JsonException($"{name} is empty.");
        }
    }
}
