using Dashboard.Data.Compliance.Backtest;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Backtest;

/// <summary>
/// A random past, replayed by the runner and by the plainest method: every contact asked of <see cref="ComplianceGate"/> by itself,
/// with the whole history before it in a list.
/// </summary>
public sealed class BacktestAgainstGateTests(DatabaseFixture fixture)
    : IClassFixture<DatabaseFixture>
{
    private const string Counted = "\"count_statuses\":[\"sent\",\"delivered\",\"answered\"]";

    public static TheoryData<string, string?, RuleAction> Rules =>
        new()
        {
            { PastWorld.Daily(2), null, RuleAction.BlockContact },
            { PastWorld.Daily(2), null, RuleAction.RequireApproval },
            { PastWorld.Daily(1), PastWorld.Daily(2), RuleAction.BlockContact },
            {
                $$"""{"kind":"frequency","channels":["phone"],"count_channels":["any"],"max":3,"period":{"type":"calendar_week"},"per":"debt",{{Counted}}}""",
                null,
                RuleAction.BlockContact
            },
            {
                $$"""{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":6,"period":{"type":"calendar_days","days":3},"per":"customer",{{Counted}}}""",
                $$"""{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":300,{{Counted}}}""",
                RuleAction.Escalate
            },
            {
                """{"kind":"conversation_cooldown","channels":["phone"],"days":4,"per":"debt"}""",
                null,
                RuleAction.BlockContact
            },
            {
                """{"kind":"time_window","channels":["phone","sms"],"windows":[{"days":["mon","tue","wed"],"start":"09:00","end":"15:00"}]}""",
                """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""",
                RuleAction.BlockContact
            },
        };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task It_says_the_same_as_the_gate_asked_about_each_contact(
        string condition,
        string? before,
        RuleAction action
    )
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var random = new Random(7);
        var customers = new List<List<PastContact>>();
        for (var i = 0; i < 8; i++)
        {
            world.AddCustomer(i % 2 == 0 ? "America/Denver" : "Asia/Kathmandu");
            customers.Add([.. Past(world, random)]);
        }

        var rule = before is null ? null : PastWorld.Rule(before);
        if (rule is not null)
        {
            world.Add(rule);
        }

        var draft = PastWorld.Draft(condition, action, rule);
        var report = await world.RunAsync(draft, fromHours: 100);

        var expected = new Dictionary<BacktestChange, int>();
        for (var i = 0; i < customers.Count; i++)
        {
            var zone = i % 2 == 0 ? "America/Denver" : "Asia/Kathmandu";
            foreach (var change in Naive(customers[i], zone, draft.ToRule(), rule))
            {
                expected[change] = expected.GetValueOrDefault(change) + 1;
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected.GetValueOrDefault(BacktestChange.Later), report.Total.Later);
        Assert.Equal(
            expected.GetValueOrDefault(BacktestChange.ToApproval),
            report.Total.ToApproval
        );
        Assert.Equal(expected.GetValueOrDefault(BacktestChange.Escalated), report.Total.Escalated);
        Assert.Equal(expected.Values.Sum(), report.Total.Changed);
    }

    private static IEnumerable<PastContact> Past(PastWorld world, Random random)
    {
        var hours = 0.0;
        for (var i = 0; i < 40; i++)
        {
            hours += random.NextDouble() * 14;
            var channel = (Channel)random.Next(3);
            var status =
                channel == Channel.Phone && random.Next(5) == 0
                    ? ContactStatus.Answered
                    : (ContactStatus)random.Next(3);
            var attempt = world.Contact(hours, channel, status, with: a => a.Duration = 30);
            yield return new PastContact(
                channel,
                attempt.Timestamp,
                status,
                [world.Invoice.Id.ToString()],
                30
            );
        }
    }

    private static IEnumerable<BacktestChange> Naive(
        List<PastContact> past,
        string zone,
        ComplianceRule draft,
        ComplianceRule? rule
    )
    {
        var (stopped, index) = (new HashSet<int>(), -1);
        foreach (var contact in past)
        {
            index++;
            if (contact.At < PastWorld.Start.AddHours(100))
            {
                continue;
            }

            var earlier = past.Take(index).ToList();
            var kept = earlier.Where((_, i) => !stopped.Contains(i)).ToList();
            var old = rule is null ? GateVerdict.Allowed : Ask(rule, zone, contact, earlier);
            var said = Ask(draft, zone, contact, kept);
            if (said == GateVerdict.Allowed || old == said || old == GateVerdict.Blocked)
            {
                continue;
            }

            if (said != GateVerdict.RequiresApproval)
            {
                stopped.Add(index);
            }

            yield return said switch
            {
                GateVerdict.Blocked => BacktestChange.Later,
                GateVerdict.Escalate => BacktestChange.Escalated,
                _ => BacktestChange.ToApproval,
            };
        }
    }

    private static GateVerdict Ask(
        ComplianceRule rule,
        string zone,
        PastContact contact,
        List<PastContact> history
    ) =>
        ComplianceGate
            .Evaluate(
                new ContactFacts { Timezone = zone, History = history },
                RuleSet.Compile([rule]),
                new ContactRequest(contact.Channel, contact.At, contact.Debts)
            )
            .Verdict;
}
