namespace Dashboard.Domain.Compliance;

/// <summary>What a rule saw. It holds numbers; words are made when somebody reads them.</summary>
/// <param name="holds">The rule allows the contact.</param>
internal abstract class Evidence(bool holds)
{
    /// <summary>The rule allows the contact.</summary>
    internal bool Holds { get; } = holds;

    /// <summary>It does not hold because no zone of the customer is known.</summary>
    internal virtual bool LacksZone => false;

    /// <summary>A sentence with the numbers.</summary>
    /// <param name="next">When the rule alone would allow, UTC; null = never.</param>
    internal abstract string Explain(DateTime? next);

    /// <summary>What the clearance keeps.</summary>
    internal abstract IReadOnlyDictionary<string, string> Facts();
}

/// <summary>Evidence whose words are known beforehand; shared between evaluations.</summary>
internal sealed class PlainEvidence(
    bool holds,
    string explanation,
    params (string Name, string Value)[] facts
) : Evidence(holds)
{
    internal override string Explain(DateTime? next) => explanation;

    internal override IReadOnlyDictionary<string, string> Facts() =>
        facts.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}

/// <summary>The rule needs the customer's wall clock and no zone is known: it fails closed (compliance/README.md).</summary>
internal sealed class NoZoneEvidence(Contacts.Channel channel) : Evidence(holds: false)
{
    internal override bool LacksZone => true;

    internal override string Explain(DateTime? next) =>
        $"No {Words.Noun(channel)}: the customer's time zone is not known, so local hours and days cannot be checked";

    internal override IReadOnlyDictionary<string, string> Facts() =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["zone"] = "unknown" };
}

/// <summary>The rule is about other channels.</summary>
internal static class NotConcerned
{
    private static readonly PlainEvidence[] ByChannel =
    [
        .. Enum.GetValues<Contacts.Channel>()
            .Select(c => new PlainEvidence(holds: true, $"Does not concern {Words.Plural(c)}")),
    ];

    internal static PlainEvidence By(Contacts.Channel channel) => ByChannel[(int)channel];

    internal static bool Is(Evidence evidence) => Array.IndexOf(ByChannel, evidence) >= 0;
}
