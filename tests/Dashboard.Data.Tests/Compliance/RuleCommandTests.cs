using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Tests.Commands;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Compliance;

/// <summary>Rules changed at once, by one officer.</summary>
public sealed class RuleCommandTests : RuleTest
{
    [Fact]
    public async Task A_new_rule_has_its_settings_and_a_first_version_with_who_and_why()
    {
        var saved = await RunAsync(
            new SaveRule(
                Draft() with
                {
                    Citation = " 12 CFR 1006.14 ",
                    Severity = RuleSeverity.High,
                },
                "Asked by counsel"
            )
        );

        Assert.Null(saved.Error);
        Assert.Equal(RuleChangeProgress.Applied, saved.Value.Progress);
        var row = (await Rules.FindAsync(Assert.Single(saved.Value.RuleIds)))!;
        Assert.Equal("frequency_limit", row.Rule.RuleType);
        Assert.Equal("12 CFR 1006.14", row.Rule.Citation);
        Assert.Equal(RuleState.On, row.Rule.State);
        Assert.False(row.IsBroken);
        Assert.StartsWith("At most 7 calls", row.Sentence.Text, StringComparison.Ordinal);
        var version = Assert.Single(await Versions.ListAsync(row.Id));
        Assert.Equal(
            (1, "Ada", "Asked by counsel", null),
            (version.Number, version.SavedBy, version.Note, version.ValidTo)
        );
        var created = Assert.Single(await AuditAsync("compliance_rule", row.Id));
        Assert.Equal(("created", Ada.Id), (created.Action, created.ActorId));
        Assert.Equal(
            "Seven calls",
            created.Changes!.Value.GetProperty("name").GetProperty("after").GetString()
        );
    }

    [Fact]
    public async Task A_change_makes_a_version_and_keeps_the_one_before()
    {
        var rule = await SavedAsync();

        var saved = await RunAsync(new SaveRule(rule with { Condition = Calls(5) }, "Fewer"), Ben);

        Assert.Null(saved.Error);
        var versions = await Versions.ListAsync(rule.RuleId!.Value);
        Assert.Equal([2, 1], versions.Select(v => v.Number));
        Assert.Equal(("Ben", "Fewer"), (versions[0].SavedBy, versions[0].Note));
        Assert.Equal(versions[1].ValidTo, versions[0].ValidFrom);
        var change = Assert.Single(versions[0].Diff.Changes);
        Assert.Equal(("condition.max", "7", "5"), (change.Field, change.Before, change.After));
        var diff = await Versions.CompareAsync(rule.RuleId.Value, 2, 1);
        Assert.Equal("7", Assert.Single(diff!.Changes).After);
    }

    [Fact]
    public async Task Saving_what_is_so_already_makes_no_version()
    {
        var rule = await SavedAsync();

        var saved = await RunAsync(new SaveRule(rule));
        var set = await RunAsync(
            new SetRuleState(rule.RuleId!.Value, RuleState.On, rule.BasedOn!.Value)
        );

        Assert.Equal(RuleChangeProgress.Nothing, saved.Value.Progress);
        Assert.Equal(RuleChangeProgress.Nothing, set.Value.Progress);
        Assert.Single(await Versions.ListAsync(rule.RuleId.Value));
    }

    [Fact]
    public async Task Who_saw_an_older_version_is_told_what_changed_and_nothing_is_written()
    {
        var seen = await SavedAsync();
        await RunAsync(new SaveRule(seen with { Condition = Calls(5) }), Ben);

        var late = await RunAsync(new SaveRule(seen with { Name = "Late" }), Cyd);
        var off = await RunAsync(
            new SetRuleState(seen.RuleId!.Value, RuleState.Off, seen.BasedOn!.Value),
            Cyd
        );
        var delete = await RunAsync(new DeleteRule(seen.RuleId.Value, seen.BasedOn.Value), Cyd);

        Assert.All([late.Error, off.Error, delete.Error], e => Assert.Equal("conflict", e!.Code));
        Assert.Contains("by Ben", late.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("most is now 5 (you saw 7)", late.Error.Message, StringComparison.Ordinal);
        Assert.Equal("Seven calls", (await NowAsync(seen.RuleId.Value)).Name);
        Assert.Equal(2, (await Versions.ListAsync(seen.RuleId.Value)).Count);
        var refused = (await AuditAsync("compliance_rule", seen.RuleId.Value)).FindAll(a =>
            a.Action == "refused"
        );
        Assert.Equal(3, refused.Count);
        Assert.All(refused, r => Assert.Equal(Cyd.Id, r.ActorId));
    }

    [Fact]
    public async Task Two_who_save_at_once_do_not_overwrite_each_other()
    {
        var seen = await SavedAsync();

        var results = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(i =>
                    RunAsync(
                        new SaveRule(seen with { Condition = Calls(i) }),
                        i % 2 == 0 ? Ada : Ben
                    )
                )
        );

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal("conflict", r.Error!.Code));
        Assert.Equal(2, (await Versions.ListAsync(seen.RuleId!.Value)).Count);
    }

    [Fact]
    public async Task Faults_come_back_with_their_field()
    {
        await SavedAsync();

        var same = await RunAsync(new SaveRule(Draft()));
        var broken = await RunAsync(new SaveRule(Draft("Broken", """{"kind":"frequency"}""")));
        var note = await RunAsync(new SaveRule(Draft("Note"), new string('n', 1001)));
        var past = await RunAsync(
            new SaveRule(Draft("Past"), ActivatesAt: Clock.Now.AddSeconds(-1))
        );

        Assert.Equal("name", same.Error!.Field);
        Assert.Equal("condition.channels", broken.Error!.Field);
        Assert.Contains(
            "max must be a whole number",
            broken.Error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("note", note.Error!.Field);
        Assert.Equal("activates_at", past.Error!.Field);
        Assert.Single(await Rules.ListAsync());
    }

    [Fact]
    public async Task A_rule_goes_to_shadow_off_and_on_each_a_version()
    {
        var rule = await SavedAsync();
        foreach (var state in new[] { RuleState.Shadow, RuleState.Off, RuleState.On })
        {
            var set = await RunAsync(
                new SetRuleState(rule.RuleId!.Value, state, rule.BasedOn!.Value, $"To {state}")
            );
            Assert.Equal(RuleChangeProgress.Applied, set.Value.Progress);
            rule = await NowAsync(rule.RuleId.Value);
            Assert.Equal(state, rule.State);
            var stored = await Db.ReadAsync(d => d.ComplianceRules.SingleAsync());
            Assert.Equal(state == RuleState.On, stored.IsEnabled);
        }

        var versions = await Versions.ListAsync(rule.RuleId!.Value);
        Assert.Equal(["To On", "To Off", "To Shadow", null], versions.Select(v => v.Note));
        Assert.All(versions, v => Assert.Equal("Ada", v.SavedBy));
    }

    [Fact]
    public async Task A_citation_alone_is_a_version_too()
    {
        var rule = await SavedAsync();

        await RunAsync(new SaveRule(rule with { Citation = "House policy" }, "Source"));

        var versions = await Versions.ListAsync(rule.RuleId!.Value);
        Assert.Equal(("Source", 2), (versions[0].Note, versions[0].Number));
        Assert.NotEqual(rule.BasedOn, (await NowAsync(rule.RuleId.Value)).BasedOn);
        Assert.Equal(
            "conflict",
            (await RunAsync(new SaveRule(rule with { Name = "Late" }))).Error!.Code
        );
    }

    [Fact]
    public async Task A_broken_rule_can_be_turned_off_and_deleted_but_not_on()
    {
        var broken = Dashboard.Tests.Shared.Some.Rule(r =>
            r.Condition = Draft(condition: """{"kind":"teleport"}""").Condition
        );
        await Db.AddAsync(broken);
        var row = (await Rules.FindAsync(broken.Id))!;
        Assert.True(row.IsBroken);
        Assert.Equal("condition.kind", Assert.Single(row.Faults).Field);

        var off = await RunAsync(
            new SetRuleState(broken.Id, RuleState.Off, row.Rule.BasedOn!.Value)
        );
        var seen = (await NowAsync(broken.Id)).BasedOn!.Value;
        var on = await RunAsync(new SetRuleState(broken.Id, RuleState.On, seen));
        var delete = await RunAsync(new DeleteRule(broken.Id, seen));

        Assert.Null(off.Error);
        Assert.Equal("condition.kind", on.Error!.Field);
        Assert.Null(delete.Error);
    }

    [Fact]
    public async Task A_deleted_rule_keeps_its_versions_and_comes_back_under_its_key()
    {
        var rule = await SavedAsync(Draft() with { Citation = "Law" });
        var id = rule.RuleId!.Value;

        Assert.Null((await RunAsync(new DeleteRule(id, rule.BasedOn!.Value))).Error);
        Assert.Null(await Rules.FindAsync(id));
        Assert.NotNull(Assert.Single(await Versions.ListAsync(id)).ValidTo);
        Assert.Equal("deleted", (await AuditAsync("compliance_rule", id))[^1].Action);

        var restored = await RunAsync(new RestoreRuleVersion(id, 1, null), Ben);
        Assert.Null(restored.Error);
        Assert.Equal([id], restored.Value.RuleIds);
        var versions = await Versions.ListAsync(id);
        Assert.Equal([2, 1], versions.Select(v => v.Number));
        Assert.Equal(("Ben", "Back to version 1."), (versions[0].SavedBy, versions[0].Note));
        Assert.Equal("conflict", (await RunAsync(new RestoreRuleVersion(id, 1, null))).Error!.Code);
    }

    [Fact]
    public async Task An_earlier_version_is_restored_as_a_new_one_and_the_state_stays()
    {
        var first = await SavedAsync();
        var id = first.RuleId!.Value;
        await RunAsync(
            new SaveRule(
                first with
                {
                    Name = "Five",
                    Condition = Calls(5),
                    State = RuleState.Shadow,
                }
            )
        );

        var restored = await RunAsync(new RestoreRuleVersion(id, 1, (await NowAsync(id)).BasedOn));

        Assert.Null(restored.Error);
        var now = await NowAsync(id);
        Assert.Equal(("Seven calls", RuleState.Shadow), (now.Name, now.State));
        Assert.Equal([3, 2, 1], (await Versions.ListAsync(id)).Select(v => v.Number));
        Assert.Equal(
            "not_found",
            (await RunAsync(new RestoreRuleVersion(id, 9, now.BasedOn))).Error!.Code
        );
    }

    [Fact]
    public async Task Several_rules_change_together_or_not_at_all()
    {
        var one = await SavedAsync(Draft("One"));
        var two = await SavedAsync(Draft("Two"));
        var stale = two with { BasedOn = two.BasedOn!.Value.AddSeconds(-1) };

        var refused = await RunAsync(
            new ChangeRules(
                [
                    RuleEdit.Save(one with { Name = "Uno" }),
                    RuleEdit.Save(stale with { Name = "Dos" }),
                ],
                "Both"
            )
        );
        Assert.Equal("conflict", refused.Error!.Code);
        Assert.Equal("One", (await NowAsync(one.RuleId!.Value)).Name);

        var done = await RunAsync(
            new ChangeRules(
                [
                    RuleEdit.Save(one with { Name = "Uno" }),
                    RuleEdit.Remove(two.RuleId!.Value, two.BasedOn.Value),
                    RuleEdit.Save(Draft("Two")),
                ],
                "Both",
                "Together"
            )
        );
        Assert.Null(done.Error);
        Assert.Equal(["Two", "Uno"], (await Rules.ListAsync()).Select(r => r.Rule.Name));
        var twice = await RunAsync(
            new ChangeRules([RuleEdit.Save(one), RuleEdit.Save(one)], "Twice")
        );
        Assert.Equal("edits", twice.Error!.Field);
    }

    [Fact]
    public async Task A_manager_may_not_and_the_refusal_is_audited()
    {
        var rule = await SavedAsync();

        var refused = await RunAsync(
            new DeleteRule(rule.RuleId!.Value, rule.BasedOn!.Value),
            Actors.Manager
        );

        Assert.Equal("forbidden", refused.Error!.Code);
        Assert.Equal(
            "refused",
            (await AuditAsync("compliance_rule", rule.RuleId.Value))[^1].Action
        );
    }

    [Fact]
    public async Task A_draft_is_checked_against_the_other_rules_while_it_is_edited()
    {
        await SavedAsync();
        var query = new RuleCheckQuery(Db.Factory, Clock);

        var check = await query.CheckAsync(Draft());

        Assert.Equal("name", Assert.Single(check.Faults).Field);
        Assert.Equal(["duplicate", "looser"], check.Warnings.Select(w => w.Code));
        Assert.True(check.Sentence.IsComplete);
    }

    [Fact]
    public async Task What_rules_did_is_told_by_day_and_dead_ones_are_marked()
    {
        var now = Clock.Now;
        var ids = new List<Guid>();
        foreach (var name in new[] { "Acts", "Allows", "Never", "Young", "Off" })
        {
            ids.Add(
                (
                    await SavedAsync(
                        Draft(name) with
                        {
                            State = name == "Off" ? RuleState.Off : RuleState.On,
                        }
                    )
                )
                    .RuleId!
                    .Value
            );
        }

        var old = ids.Where((_, i) => i != 3).ToList();
        await Db.ReadAsync(d =>
            d.RuleVersions.Where(v => old.Contains(v.RuleId))
                .ExecuteUpdateAsync(u => u.SetProperty(v => v.ValidFrom, now.AddDays(-31)))
        );
        await Db.AddAsync(
            Tally(ids[0], now, t => (t.Allowed, t.Deferred, t.Blocked) = (5, 2, 1)),
            Tally(ids[0], now, t => (t.Warned, t.SentToApproval, t.Escalated) = (1, 3, 4)),
            Tally(ids[0], now.AddDays(-3), t => (t.Allowed, t.IsShadow, t.Blocked) = (7, true, 2)),
            Tally(ids[0], now.AddDays(-40), t => t.Blocked = 99),
            Tally(ids[1], now.AddDays(-29), t => t.Allowed = 1_204)
        );

        var rows = (await Rules.ListAsync()).ToDictionary(r => r.Rule.Name, StringComparer.Ordinal);

        var acts = rows["Acts"].Activity;
        Assert.Equal(new RuleFigures(5, 1, 2, 1, 3, 4), acts.Acting);
        Assert.Equal(new RuleFigures(7, 0, 0, 2, 0, 0), acts.Shadow);
        Assert.Equal(30, acts.Days.Count);
        Assert.Equal(acts.Acting, acts.Days[^1].Acting);
        Assert.Equal(acts.Shadow, acts.Days[^4].Shadow);
        Assert.Equal(1_204, rows["Allows"].Activity.Days[0].Acting.Allowed);
        Assert.Equal(RuleUse.NeverActed, rows["Allows"].Use);
        Assert.Contains("all 1,204 contacts", rows["Allows"].UseSentence, StringComparison.Ordinal);
        Assert.Equal(RuleUse.NeverAsked, rows["Never"].Use);
        Assert.All(["Acts", "Young", "Off"], n => Assert.Equal(RuleUse.Unmarked, rows[n].Use));
    }

    private static RuleTally Tally(Guid rule, DateTime at, Action<RuleTally> with)
    {
        var tally = new RuleTally
        {
            Id = Guid.CreateVersion7(),
            RuleId = rule,
            At = at,
        };
        with(tally);
        return tally;
    }
}
