using System.Globalization;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Features.Audit;

/// <summary>A period that ends now.</summary>
public enum AuditPeriod
{
    /// <summary>The last hour.</summary>
    Hour,

    /// <summary>The last 24 hours.</summary>
    Day,

    /// <summary>The last 7 days.</summary>
    Week,

    /// <summary>The last 30 days.</summary>
    Month,

    /// <summary>The last 365 days.</summary>
    Year,

    /// <summary>Everything there is.</summary>
    All,
}

/// <summary>Which events the explorer shows; the same thing as the page's query string.</summary>
public sealed record AuditFilter
{
    /// <summary>What a search looks through when it names no period and no index serves it.</summary>
    public const AuditPeriod SearchPeriod = AuditPeriod.Week;

    /// <summary>How far back; null = as far as the filter can.</summary>
    public AuditPeriod? Period { get; init; }

    /// <summary>Singular noun, e.g. <c>task</c>.</summary>
    public string? EntityType { get; init; }

    /// <summary>One row's events.</summary>
    public Guid? EntityId { get; init; }

    /// <summary><c>created</c>, <c>status_changed</c>, <c>refused</c>, …</summary>
    public string? Action { get; init; }

    /// <summary>Kind of actor.</summary>
    public ActorType? ActorType { get; init; }

    /// <summary>One actor: operator's or agent's id, name of a part of the system.</summary>
    public string? Actor { get; init; }

    /// <summary>The instant of one command: what it did carries the same time to the microsecond. UTC.</summary>
    public DateTime? Moment { get; init; }

    /// <summary>Part of the reason given.</summary>
    public string? Text { get; init; }

    /// <summary>True when anything is chosen.</summary>
    public bool IsNarrowed => this != new AuditFilter();

    /// <summary>
    /// True when only reading row by row can answer: by actor, action or reason there is no index. Such a search needs a
    /// period.
    /// </summary>
    public bool NeedsPeriod =>
        EntityId is null
        && Moment is null
        && (
            Action is not null
            || ActorType is not null
            || Actor is not null
            || Text is not null
            || EntityType is not null
        );

    /// <summary>The period in force; null = everything.</summary>
    public AuditPeriod? PeriodInForce => Period ?? (NeedsPeriod ? SearchPeriod : null);

    /// <summary>Where the period in force begins, UTC; null = at the beginning.</summary>
    public DateTime? From(DateTime now) =>
        PeriodInForce switch
        {
            AuditPeriod.Hour => now.AddHours(-1),
            AuditPeriod.Day => now.AddDays(-1),
            AuditPeriod.Week => now.AddDays(-7),
            AuditPeriod.Month => now.AddDays(-30),
            AuditPeriod.Year => now.AddDays(-365),
            _ => null,
        };

    /// <summary>Reads the query string; what cannot be read is left out.</summary>
    public static AuditFilter Of(AuditParameters query) =>
        new()
        {
            Period = EnumText.TryParse<AuditPeriod>(query.Period, out var period) ? period : null,
            EntityType = Short(query.Type, 50),
            EntityId = query.Id,
            Action = Short(query.Action, 50),
            ActorType = EnumText.TryParse<ActorType>(query.By, out var by) ? by : null,
            Actor = Short(query.Actor, 100),
            Moment = ReadMoment(query.At),
            Text = Short(query.Q, 200),
        };

    /// <summary>The query string's parameters; null takes a parameter out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["period"] = Period?.ToText(),
            ["type"] = EntityType,
            ["id"] = EntityId,
            ["action"] = Action,
            ["by"] = ActorType?.ToText(),
            ["actor"] = Actor,
            ["at"] = Moment is { } moment ? MomentText(moment) : null,
            ["q"] = Text,
        };

    /// <summary>The filter as <c>?a=b&amp;…</c>; empty without one.</summary>
    public string ToQuery() =>
        QueryString
            .Create(
                ToParameters()
                    .Where(p => p.Value is not null)
                    .Select(p => new KeyValuePair<string, string?>(
                        p.Key,
                        Convert.ToString(p.Value, CultureInfo.InvariantCulture)
                    ))
            )
            .Value
        ?? "";

    private static string MomentText(DateTime utc) =>
        utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static DateTime? ReadMoment(string? text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var value
        )
            ? value
            : null;

    private static string? Short(string? text, int longest) =>
        string.IsNullOrWhiteSpace(text) || text.Length > longest ? null : text.Trim();
}

/// <summary>The query string of <c>/audit</c> as it came in.</summary>
/// <param name="Period">A word of <see cref="AuditPeriod"/>.</param>
/// <param name="Type">Entity type.</param>
/// <param name="Id">Entity id.</param>
/// <param name="Action">Action.</param>
/// <param name="By">Kind of actor.</param>
/// <param name="Actor">Actor's id or name.</param>
/// <param name="At">Instant of one command.</param>
/// <param name="Q">Part of the reason.</param>
public sealed record AuditParameters(
    string? Period = null,
    string? Type = null,
    Guid? Id = null,
    string? Action = null,
    string? By = null,
    string? Actor = null,
    string? At = null,
    string? Q = null
);
