namespace Dashboard.Web.Components.Filters;

/// <summary>One thing a filter can be set to.</summary>
/// <param name="Value">As it stands in the URL.</param>
/// <param name="Text">On screen.</param>
public sealed record FilterOption(string Value, string Text);
