using System.Text.Json;
using Dashboard.Data.Sql;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Compliance.Facts;

/// <summary>The stored rules, compiled, and how far back they look.</summary>
/// <param name="Version">Fingerprint of the table and of the rules' settings.</param>
/// <param name="Acting">The rules in force, ready to evaluate.</param>
/// <param name="Shadow">Rules that are evaluated and logged and never act (<c>ops.rule_settings.is_shadow</c>); null = there is none.</param>
/// <param name="LookBack">Attempts older than this decide nothing.</param>
public sealed record StoredRules(
    string Version,
    RuleSet Acting,
    RuleSet? Shadow,
    TimeSpan LookBack
);

/// <summary>
/// Keeps the compiled rules. The fingerprint is read anew each time, in the transaction that uses them, so a changed rule is
/// never missed; a transaction that acts on the answer shares <see cref="RuleLock"/> before. Safe to share between threads.
/// </summary>
public sealed class StoredRuleCache
{
    private StoredRules? _current;

    /// <summary>The rules as this connection, or the transaction on it, sees them.</summary>
    public async Task<StoredRules> GetAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var version = connection.Command(SqlFile.Read<StoredRuleCache>("RulesVersion"));
        var found = (string)(await version.ExecuteScalarAsync(cancellationToken))!;
        if (_current is { } current && current.Version == found)
        {
            return current;
        }

        var (acting, shadow) = await ReadAsync(connection, cancellationToken);
        var compiled = new StoredRules(
            found,
            RuleSet.Compile(acting),
            shadow.Count == 0 ? null : RuleSet.Compile(shadow),
            RuleHorizon.Of([.. acting, .. shadow])
        );
        _current = compiled;
        return compiled;
    }

    private static async Task<(List<ComplianceRule> Acting, List<ComplianceRule> Shadow)> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.Command(SqlFile.Read<StoredRuleCache>("Rules"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var acting = new List<ComplianceRule>();
        var shadow = new List<ComplianceRule>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var rule = Read(reader);
            if (reader.GetBoolean(10))
            {
                rule.IsEnabled = true;
                shadow.Add(rule);
            }
            else
            {
                acting.Add(rule);
            }
        }

        return (acting, shadow);
    }

    private static ComplianceRule Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.GetGuid(0),
            Name = reader.GetString(1),
            Description = reader.TextOrNull(2),
            RuleType = reader.GetString(3),
            Condition = JsonSerializer.Deserialize<JsonElement>(reader.GetString(4)),
            Action = EnumText.Parse<RuleAction>(reader.GetString(5)),
            Severity = EnumText.TryParse<RuleSeverity>(reader.TextOrNull(6), out var severity)
                ? severity
                : null,
            IsEnabled = reader.IsDBNull(7) ? null : reader.GetBoolean(7),
            CreatedAt = reader.Utc(8),
            UpdatedAt = reader.Utc(9),
        };
}
