using Dashboard.Data.Sql;
using Dashboard.Domain.Compliance;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// Counts what each rule said (<c>ops.rule_tallies</c>): a row a rule and batch, so that no dispatcher waits for another's row.
/// Counting never decides anything: when it fails, the batch goes on without.
/// </summary>
internal sealed class RuleTallies
{
    private readonly Dictionary<(Guid Rule, bool IsShadow), int[]> _counts = [];

    private enum Said
    {
        Allowed,
        Warned,
        Deferred,
        Blocked,
        SentToApproval,
        Escalated,
    }

    /// <summary>Adds the statement.</summary>
    public static void Write(NpgsqlBatch batch, IReadOnlyList<Outcome> outcomes, DateTime now)
    {
        var tallies = new RuleTallies();
        try
        {
            foreach (var outcome in outcomes)
            {
                if (outcome is not Wait { IsKept: false } && outcome.Judgement is { } judgement)
                {
                    tallies.Count(judgement.Decision.Findings, isShadow: false);
                    tallies.Count(judgement.Shadow.Findings, isShadow: true);
                }
            }
        }
        catch (Exception)
        {
            return;
        }

        tallies.AddTo(batch, now);
    }

    private void Count(IReadOnlyList<Finding> findings, bool isShadow)
    {
        foreach (var finding in findings)
        {
            if (finding.RuleId is not { } rule || !finding.IsConcerned)
            {
                continue;
            }

            if (!_counts.TryGetValue((rule, isShadow), out var counts))
            {
                _counts[(rule, isShadow)] = counts = new int[Enum.GetValues<Said>().Length];
            }

            counts[(int)Of(finding)]++;
        }
    }

    private void AddTo(NpgsqlBatch batch, DateTime now)
    {
        if (_counts.Count == 0)
        {
            return;
        }

        batch.Add(
            SqlFile.Read<RuleTallies>("Tally"),
            [
                Statement.Keys(_counts.Keys.Select(k => k.Rule)),
                Statement.Flags(_counts.Keys.Select(k => k.IsShadow)),
                .. Enum.GetValues<Said>()
                    .Select(s => Statement.Numbers(_counts.Values.Select(c => (int?)c[(int)s]))),
                Statement.At(now),
            ]
        );
    }

    private static Said Of(Finding finding) =>
        finding.Verdict switch
        {
            GateVerdict.Allowed => Said.Allowed,
            GateVerdict.AllowedWithWarning => Said.Warned,
            GateVerdict.RequiresApproval => Said.SentToApproval,
            GateVerdict.Escalate => Said.Escalated,
            _ => finding.NextAllowedAt is null ? Said.Blocked : Said.Deferred,
        };
}
