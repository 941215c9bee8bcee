using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Engine.Sql;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>The stored rules, compiled, and how far back they look.</summary>
/// <param name="Version">Fingerprint of the table.</param>
/// <param name="Rules">Ready to evaluate.</param>
/// <param name="LookBack">Attempts older than this decide nothing.</param>
internal sealed record CompiledRules(string Version, RuleSet Rules, TimeSpan LookBack);

/// <summary>
/// Keeps the compiled rules. The fingerprint is read in the transaction that uses them, so a changed rule is never missed.
/// </summary>
internal sealed class RuleCache
{
    private CompiledRules? _current;

    /// <summary>The rules as this transaction sees them.</summary>
    public async Task<CompiledRules> GetAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var version = connection.Command(SqlFile.Read<RuleCache>("RulesVersion"));
        var found = (string)(await version.ExecuteScalarAsync(cancellationToken))!;
        if (_current is { } current && current.Version == found)
        {
            return current;
        }

        var rules = await ReadAsync(connection, cancellationToken);
        var compiled = new CompiledRules(found, RuleSet.Compile(rules), RuleHorizon.Of(rules));
        _current = compiled;
        return compiled;
    }

    private static async Task<List<ComplianceRule>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.Command(SqlFile.Read<RuleCache>("Rules"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rules = new List<ComplianceRule>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rules.Add(
                new ComplianceRule
                {
                    Id = reader.GetGuid(0),
                    Name = reader.GetString(1),
                    Description = reader.TextOrNull(2),
                    RuleType = reader.GetString(3),
                    Condition = JsonSerializer.Deserialize<JsonElement>(reader.GetString(4)),
                    Action = EnumText.Parse<RuleAction>(reader.GetString(5)),
                    Severity = EnumText.TryParse<RuleSeverity>(
                        reader.TextOrNull(6),
                        out var severity
                    )
                        ? severity
                        : null,
                    IsEnabled = reader.IsDBNull(7) ? null : reader.GetBoolean(7),
                    CreatedAt = reader.Utc(8),
                    UpdatedAt = reader.Utc(9),
                }
            );
        }

        return rules;
    }
}
