using Dashboard.Domain.Compliance;
using Dashboard.Web.Components;
using Npgsql;

namespace Dashboard.Web.Features.Overview;

/// <summary>Turns what waits for a person into sentences with links.</summary>
internal static class NeedWording
{
    /// <summary>One row of <see cref="OverviewSql.Needs"/>.</summary>
    public static Need Read(NpgsqlDataReader row)
    {
        var count = row.GetInt32(1);
        var since = row.IsDBNull(2)
            ? (DateTime?)null
            : DateTime.SpecifyKind(row.GetDateTime(2), DateTimeKind.Utc);
        var name = row.IsDBNull(3) ? null : row.GetString(3);
        var id = row.IsDBNull(4) ? (Guid?)null : row.GetGuid(4);
        return Word(row.GetString(0), count, since, name, id);
    }

    /// <summary>Rules that cannot be read stop every contact, so they come first.</summary>
    public static IEnumerable<Need> Broken(IReadOnlyList<BrokenRuleInfo> rules) =>
        rules.Select(r => new Need(
            StateLook.Blocked("Rule"),
            $"The rule “{r.Name}” cannot be read ({r.Faults[0].Message.TrimEnd('.')}): nobody is contacted until it is mended.",
            null,
            $"/rules/{r.RuleId}"
        ));

    /// <summary>One kind of need as a sentence.</summary>
    public static Need Word(string kind, int count, DateTime? since, string? name, Guid? id) =>
        kind switch
        {
            "proof_violations" => new(
                StateLook.Blocked("Proof"),
                $"The latest proof found {Count(count, "contact that should", "contacts that should")} not have happened",
                since,
                $"/proof/{id}"
            ),
            "proof_worthless" => new(
                StateLook.Failed("Proof"),
                "The latest proof missed planted violations: it is worth nothing",
                since,
                $"/proof/{id}"
            ),
            "proof_failed" => new(
                StateLook.Failed("Proof"),
                "The latest proof could not be finished",
                since,
                $"/proof/{id}"
            ),
            "approval" => new(
                StateLook.Approval(),
                $"{Count(count, "contact waits", "contacts wait")} for approval",
                since,
                "/approvals"
            ),
            "agent_error" => new(
                StateLook.Failed("Agent"),
                $"{name} is in error",
                since,
                $"/agents?agent={id}"
            ),
            "agent_offline" => new(
                new StateLook("cancelled", "power_settings_new", "Agent"),
                $"{name} is offline",
                since,
                $"/agents?agent={id}"
            ),
            "unconfirmed" => new(
                StateLook.Deferred("Unconfirmed"),
                count == 1
                    ? $"A contact with {name} left without confirmation"
                    : $"{count} contacts with {name} left without confirmation",
                since,
                $"/customers/{id}"
            ),
            "to_read" => new(
                StateLook.Approval("Message"),
                $"{Count(count, "text message waits", "text messages wait")} to be read; the senders get no texts until then",
                since,
                "/opt-outs?view=review"
            ),
            "human" => new(
                StateLook.Approval("Human task"),
                $"{Count(count, "task waits", "tasks wait")} for a person",
                since,
                "/tasks?type=escalate,follow_up"
            ),
            "failed" => new(
                StateLook.Failed(),
                $"{Count(count, "task", "tasks")} failed today",
                since,
                "/tasks?state=failed&sort=-changed"
            ),
            "late" => new(
                StateLook.Deferred("Late"),
                $"{Count(count, "task has", "tasks have")} not started in time",
                since,
                "/tasks?waits=late"
            ),
            _ => new(
                StateLook.Blocked("Time zone"),
                $"{Count(count, "customer", "customers")} with overdue invoices cannot be contacted: no time zone",
                null,
                "/customers?overdue=true&zone=none"
            ),
        };

    private static string Count(int count, string one, string many) =>
        count == 1 ? $"1 {one}" : $"{count:#,0} {many}";
}
