using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Data.Operators;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Components.Findings;
using Dashboard.Web.Features.Compliance.Why;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Why;

public sealed class WhyQueryTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private readonly WhyQuery _query = new(fixture.Database.Factory, new TestClock());

    [Fact]
    public async Task A_contact_is_explained_by_the_rule_as_it_was_then_with_its_source_and_numbers()
    {
        var (_, task, rule) = await BookAsync();
        var attempt = await AttemptAsync(task, rule, r => r.Status = ContactStatus.Answered);
        await fixture.Database.DataSource.ExecuteAsync(
            $"update compliance_rules set condition = jsonb_set(condition, '{{max}}', '1') where id = '{rule.Id}'"
        );

        var why = await _query.RunAsync(WhySubject.Attempt, attempt.Id, CancellationToken.None);

        Assert.Equal("Called: every rule allowed it", why!.Headline);
        var shown = Assert.Single(why.Rules, r => r.RuleId == rule.Id);
        Assert.Contains("7 calls", shown.Says, StringComparison.Ordinal);
        Assert.Equal(1, shown.Version);
        Assert.True(shown.ChangedSince);
        Assert.Equal("12 CFR 1006.14(b)(2)(i)(A)", shown.Citation);
        Assert.Contains(new WhyFact("Counted", "0 of 7"), shown.Seen);
        Assert.Contains(new WhyFact("Opt-outs", "none"), why.Facts);
        Assert.Contains(
            why.Facts,
            f => f.Label == "Local time" && f.Value.Contains("New York", StringComparison.Ordinal)
        );
        Assert.Equal("contact", why.FileName.Split('-')[0]);
        Assert.Equal(Keys(attempt.Metadata!.Clearance!.Value), Keys(why.Document!.Value));
    }

    [Fact]
    public async Task Who_approved_is_named_and_what_ran_in_shadow_is_apart()
    {
        var (_, task, rule) = await BookAsync(RuleAction.RequireApproval, max: 0);
        var officer = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            UserName = $"o{Guid.CreateVersion7():N}@a.example",
            Email = $"o{Guid.CreateVersion7():N}@a.example",
            DisplayName = "Olga Officer",
        };
        await fixture.Database.AddAsync(
            officer,
            Some.Approval(
                task,
                a =>
                {
                    a.Status = ApprovalStatus.Approved;
                    a.DecidedBy = officer.Id.ToString();
                    a.DecidedAt = Some.Now.AddMinutes(-5);
                    a.Note = "Agreed on the phone";
                }
            )
        );
        var attempt = await AttemptAsync(task, rule, _ => { }, shadow: true);

        var why = await _query.RunAsync(WhySubject.Attempt, attempt.Id, CancellationToken.None);

        Assert.StartsWith("Called with approval: ", why!.Headline, StringComparison.Ordinal);
        Assert.Contains(
            "Approved by Olga Officer",
            Assert.Single(why.Approvals),
            StringComparison.Ordinal
        );
        Assert.Contains("Agreed on the phone", why.Approvals[0], StringComparison.Ordinal);
        Assert.Equal("Olga Officer", Assert.Single(why.Raised).LiftedBy);
        Assert.Equal(
            "would have asked for approval",
            WhyText.Verdict(why.Shadow.Single(r => r.RuleId == rule.Id), shadow: true)
        );
    }

    [Fact]
    public async Task A_refusal_says_what_stood_in_the_way_and_when_it_clears()
    {
        var (customer, task, rule) = await BookAsync(max: 1);
        var decision = await DecideAsync(
            customer,
            rule,
            new PastContact(Channel.Phone, Some.Now.AddDays(-1), ContactStatus.Sent, [])
        );
        var refusal = Refusal(task, decision, Some.Now);
        await fixture.Database.AddAsync(refusal);

        var why = await _query.RunAsync(WhySubject.Refusal, refusal.Id, CancellationToken.None);

        // The call of 2 June leaves the seven days at midnight, 9 June.
        Assert.Equal(
            "Not called: 1 of 1 calls about this invoice in 7 days; possible again Tuesday 9 June, 00:00 in New York (in 5 d)",
            why!.Headline
        );
        Assert.True(why.IsPartial);
        Assert.Equal(rule.Id, Assert.Single(why.Rules).RuleId);
        Assert.Contains("Rule id", WhyText.Of(why), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_shows_the_gates_last_word_and_an_allowed_one_the_clearance_of_its_contact()
    {
        var (customer, waiting, rule) = await BookAsync(max: 0);
        var decision = await DecideAsync(customer, rule);
        waiting.Context.Gate = new TaskGate
        {
            Decision = "blocked",
            EvaluatedAt = Some.Now,
            Findings = JsonSerializer.SerializeToElement(decision.Findings, JsonShape.Options),
        };
        await fixture.Database.DataSource.ExecuteAsync(
            $"update tasks set context = '{JsonShape.Write(waiting.Context).Replace("'", "''", StringComparison.Ordinal)}'::jsonb where id = '{waiting.Id}'"
        );
        var (_, done, other) = await BookAsync();
        await AttemptAsync(done, other, _ => { });

        var blocked = await _query.RunAsync(WhySubject.Task, waiting.Id, CancellationToken.None);
        var allowed = await _query.RunAsync(WhySubject.Task, done.Id, CancellationToken.None);

        Assert.Equal(GateVerdict.Blocked, blocked!.Verdict);
        Assert.EndsWith(
            "no later time is possible as things are",
            blocked.Headline,
            StringComparison.Ordinal
        );
        Assert.Equal("Called: every rule allowed it", allowed!.Headline);
        Assert.Null(
            await _query.RunAsync(WhySubject.Task, Guid.CreateVersion7(), CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_clearance_of_an_older_shape_is_read_as_far_as_it_goes()
    {
        var (_, task, _) = await BookAsync();
        var agent = Some.Agent();
        var attempt = Some.Attempt(
            task,
            agent,
            a =>
                a.Metadata!.Clearance = JsonSerializer.Deserialize<JsonElement>(
                    """{"decision":"allowed","findings":[{"rule":"old rule","verdict":"?"}, 7]}"""
                )
        );
        await fixture.Database.AddAsync(agent, attempt);

        var why = await _query.RunAsync(WhySubject.Attempt, attempt.Id, CancellationToken.None);

        Assert.Equal(2, why!.Rules.Count);
        Assert.All(why.Rules, r => Assert.Equal(GateVerdict.Blocked, r.Line.Verdict));
        Assert.StartsWith("E-mailed although", why.Headline, StringComparison.Ordinal);
    }

    private async Task<(Customer, AgentTask, ComplianceRule)> BookAsync(
        RuleAction action = RuleAction.BlockContact,
        int max = 7
    )
    {
        var customer = Some.Customer();
        var task = Some.Task(customer, null, t => t.Type = TaskType.MakeCall);
        var rule = Some.Rule(r =>
        {
            r.Action = action;
            r.RuleType = "frequency_limit";
            r.Condition = JsonSerializer.Deserialize<JsonElement>(
                $$$"""{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":{{{max}}},"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent"]}"""
            );
        });
        await fixture.Database.AddAsync(customer, Some.Profile(customer), task, rule);
        await fixture.Database.AddAsync(
            new RuleSetting { RuleId = rule.Id, Citation = "12 CFR 1006.14(b)(2)(i)(A)" }
        );
        return (customer, task, rule);
    }

    /// <summary>What the gate says under the rule as it is stored now.</summary>
    private async Task<GateDecision> DecideAsync(
        Customer customer,
        ComplianceRule rule,
        params PastContact[] history
    )
    {
        var stored = await fixture.Database.ReadAsync(db =>
            db.ComplianceRules.AsNoTracking().SingleAsync(r => r.Id == rule.Id)
        );
        return ComplianceGate.Evaluate(
            new ContactFacts { Timezone = "America/New_York", History = history },
            RuleSet.Compile([stored]),
            new ContactRequest(Channel.Phone, Some.Now, [customer.Id.ToString()])
        );
    }

    private async Task<ContactAttempt> AttemptAsync(
        AgentTask task,
        ComplianceRule rule,
        Action<ContactAttempt> with,
        bool shadow = false
    )
    {
        var decision = await DecideAsync(new Customer { Id = task.CustomerId }, rule);
        var agent = Some.Agent();
        var attempt = Some.Attempt(
            task,
            agent,
            a =>
            {
                a.Channel = Channel.Phone;
                a.Timestamp = Some.Now;
                a.Metadata!.Clearance = JsonSerializer.SerializeToElement(
                    new
                    {
                        Decision = decision.Verdict,
                        EvaluatedAt = Some.Now,
                        Channel = Channel.Phone,
                        Debts = Array.Empty<string>(),
                        Timezone = "America/New_York",
                        TimezoneSource = "customer_profiles.timezone",
                        DoNotContact = false,
                        OptOuts = Array.Empty<string>(),
                        AttemptsSeen = 3,
                        decision.Findings,
                        Shadow = shadow ? decision.Findings : [],
                    },
                    JsonShape.Options
                );
                with(a);
            }
        );
        await fixture.Database.AddAsync(agent, attempt);
        return attempt;
    }

    internal static GateRefusal Refusal(AgentTask task, GateDecision decision, DateTime at) =>
        new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(at)),
            TaskId = task.Id,
            CustomerId = task.CustomerId,
            CampaignId = task.CampaignId,
            Channel = Channel.Phone,
            At = at,
            Verdict = decision.Verdict,
            NextAllowedAt = decision.NextAllowedAt,
            RuleId = decision.Binding!.RuleId,
            Rule = decision.Binding.Rule,
            Explanation = decision.Binding.Explanation,
            Findings = JsonSerializer.SerializeToElement(
                decision.Findings.Where(f => f.Verdict != GateVerdict.Allowed),
                JsonShape.Options
            ),
        };

    private static IEnumerable<string> Keys(JsonElement document) =>
        document.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
}
