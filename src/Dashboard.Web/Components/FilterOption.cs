namespace Dashboard.Web.Components;

/// <summary>One choice of <c>FilterChips</c>.</summary>
/// <param name="Value">What it stands for.</param>
/// <param name="Text">Its word.</param>
/// <param name="Icon">Material symbol in front.</param>
/// <param name="Count">How many match, already as text ("10,000+").</param>
public sealed record FilterOption<TValue>(
    TValue Value,
    string Text,
    string? Icon = null,
    string? Count = null
);
