using Dashboard.Data.Compliance.Rules;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Web.Features.Compliance.Rules.Form;

namespace Dashboard.Web.Features.Compliance.Rules.List;

/// <summary>Which rules the list shows; the same thing as the page's query string.</summary>
public sealed record RuleListFilter
{
    /// <summary>In the place of a pack: rules of our own.</summary>
    public const string OwnRules = "own";

    /// <summary>Words of <see cref="RuleState"/>, or <c>broken</c>, <c>dead</c>, <c>waiting</c>; empty = all.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Words of <see cref="RuleAction"/>; empty = all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Channels; a rule about every channel always matches; empty = all.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Ids of packs, or <see cref="OwnRules"/>; empty = all.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [];

    /// <summary>Part of the name, the sentence, the description or the legal source.</summary>
    public string? Text { get; init; }

    /// <summary>Anything is chosen.</summary>
    public bool IsNarrowed =>
        Text is not null || States.Count + Actions.Count + Channels.Count + Packs.Count > 0;

    /// <summary>Reads the query string.</summary>
    public static RuleListFilter From(
        string? state,
        string? action,
        string? channel,
        string? pack,
        string? text
    ) =>
        new()
        {
            States = Words(state),
            Actions = Words(action),
            Channels = Words(channel),
            Packs = Words(pack),
            Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        };

    /// <summary>The query string's parameters; null takes one out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["state"] = Join(States),
            ["action"] = Join(Actions),
            ["channel"] = Join(Channels),
            ["pack"] = Join(Packs),
            ["q"] = Text,
        };

    /// <summary>The rule is shown.</summary>
    public bool Matches(RuleRow row) =>
        (States.Count == 0 || States.Any(s => Is(row, s)))
        && (Actions.Count == 0 || Actions.Contains(row.Rule.Action.ToText()))
        && (Channels.Count == 0 || IsAbout(row, Channels))
        && (Packs.Count == 0 || Packs.Contains(row.Pack?.Id ?? OwnRules))
        && (Text is not { } text || Says(row, text));

    private static bool Is(RuleRow row, string state) =>
        state switch
        {
            "broken" => row.IsBroken,
            "dead" => row.Use != RuleUse.Unmarked,
            "waiting" => row.Waiting.Count > 0,
            _ => row.Rule.State.ToText() == state,
        };

    private static bool IsAbout(RuleRow row, IReadOnlyList<string> channels)
    {
        var own = new ConditionForm(row.Rule.Condition).Words("channels");
        return own.Count == 0 || own.Contains("any") || own.Intersect(channels).Any();
    }

    private static bool Says(RuleRow row, string text) =>
        new[] { row.Rule.Name, row.Sentence.Text, row.Rule.Description, row.Rule.Citation }.Any(t =>
            t?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        );

    private static string[] Words(string? list) =>
        (list ?? string.Empty).Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    private static string? Join(IReadOnlyList<string> words) =>
        words.Count == 0 ? null : string.Join(',', words);
}
