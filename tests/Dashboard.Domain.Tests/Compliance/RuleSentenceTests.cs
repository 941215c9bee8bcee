using System.Text.Json;
using Dashboard.Domain.Compliance;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>Every kind of rule says itself, filled in, half filled in and broken.</summary>
public sealed class RuleSentenceTests
{
    [Theory]
    [InlineData(
        """{"kind":"time_window","channels":["phone"],"windows":[{"days":["mon","tue","wed","thu","fri"],"start":"09:00","end":"18:00"},{"days":["sat"],"start":"10:00","end":"14:00"}],"closed_dates":["2026-12-25"]}""",
        RuleAction.BlockContact,
        "Calls only Monday to Friday 09:00–18:00 and Saturday 10:00–14:00 at the customer, not on 25 December 2026; otherwise the contact is blocked."
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"12:00"},{"start":"22:00","end":"02:00"}],"fallback_zones":["America/New_York","America/Los_Angeles"]}""",
        RuleAction.LogWarning,
        "Contacts only every day 08:00–12:00 and 22:00–02:00 the next day at the customer; otherwise it goes ahead with a warning. For a customer without a known time zone the hours must hold in America/New_York and America/Los_Angeles."
    )]
    [InlineData(
        """{"kind":"time_window","channels":["email","sms"],"windows":[{"days":["sun","mon"],"start":"00:00","end":"24:00"}],"closed_dates":["2026-01-01","2026-04-03","2026-07-01","2026-12-25","2026-12-26"]}""",
        RuleAction.Escalate,
        "SMS and e-mails only Monday and Sunday all day at the customer, not on 5 closed dates from 1 January 2026 to 26 December 2026; otherwise a person takes over."
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","delivered","answered"],"consent_exempt":true}""",
        RuleAction.RequireApproval,
        "At most 7 calls about one invoice in 7 days (today and the 6 before); the next one needs approval. Calls count when it rang without an answer, voicemail was reached or a person answered. What the customer consented to beforehand is neither counted nor limited."
    )]
    [InlineData(
        """{"kind":"frequency","channels":["sms"],"count_channels":["any"],"max":1,"period":{"type":"rolling_hours","hours":24},"per":"customer","count_statuses":["sent","replied"],"only_after_conversation":true}""",
        RuleAction.BlockContact,
        "At most 1 contact with one customer in any 24 hours; the next SMS is blocked. What counts: sent or replied. Counting starts after the first telephone conversation."
    )]
    [InlineData(
        """{"kind":"frequency","channels":["email"],"count_channels":["email"],"max":2,"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["sent"]}""",
        RuleAction.LogWarning,
        "At most 2 e-mails to one customer on one day; the next one goes ahead with a warning. What counts: sent."
    )]
    [InlineData(
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":9,"period":{"type":"calendar_month"},"per":"customer","count_statuses":["sent"]}""",
        RuleAction.Escalate,
        "At most 9 contacts with one customer in a calendar month; the next one goes to a person instead. What counts: sent."
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":0,"period":{"type":"calendar_week"},"per":"debt","count_statuses":["answered"]}""",
        RuleAction.BlockContact,
        "No calls at all: each one is blocked. Calls count when a person answered."
    )]
    [InlineData(
        """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"debt","consent_exempt":true}""",
        RuleAction.BlockContact,
        "No calls about an invoice for 7 days after a telephone conversation about it, its day included; before then the contact is blocked. What the customer consented to beforehand is neither counted nor limited."
    )]
    [InlineData(
        """{"kind":"min_interval","channels":["phone"],"count_channels":["phone"],"minutes":5,"count_statuses":["sent"]}""",
        RuleAction.LogWarning,
        "At least 5 minutes between two calls to one customer; one that comes sooner goes ahead with a warning. Calls count when it rang without an answer."
    )]
    [InlineData(
        """{"kind":"min_interval","channels":["sms"],"count_channels":["phone"],"minutes":180,"per":"debt","count_statuses":["answered"]}""",
        RuleAction.BlockContact,
        "At least 3 hours between the last call and the next SMS about one invoice; one that comes sooner is blocked. Calls count when a person answered."
    )]
    [InlineData(
        """{"kind":"channel_block","channels":["sms","email"]}""",
        RuleAction.RequireApproval,
        "Every SMS or e-mail needs approval."
    )]
    [InlineData(
        """{"kind":"consent_required","channels":["sms"],"max_age_days":60}""",
        RuleAction.RequireApproval,
        "SMS only with the customer's consent to them, confirmed in the last 60 days; otherwise it needs approval."
    )]
    [InlineData(
        """{"kind":"notice_hold","channels":["any"],"days":6}""",
        RuleAction.BlockContact,
        "No contacts until 6 days after the date of the written notice, and none without a notice; before then a contact is blocked."
    )]
    [InlineData(
        """{"kind":"preferred_window"}""",
        RuleAction.BlockContact,
        "Contacts only in the hours the customer asked for; otherwise the contact is blocked."
    )]
    [InlineData(
        """{"kind":"optout_confirmation","within_minutes":5}""",
        RuleAction.BlockContact,
        "One SMS may confirm an opt-out within 5 minutes of it, although the opt-out is in force."
    )]
    [InlineData(
        """{"kind":"respond_once"}""",
        RuleAction.BlockContact,
        "A customer who contacts us on a channel after opting out of it may be answered once on it."
    )]
    public void A_rule_says_itself(string condition, RuleAction action, string sentence)
    {
        var said = Say(condition, action);

        Assert.Equal(sentence, said.Text);
        Assert.Empty(said.Missing);
        Assert.True(said.IsComplete);
    }

    [Theory]
    [InlineData("{}", "This rule says nothing yet.", "what kind of rule it is")]
    [InlineData("[]", "This rule says nothing yet.", "what kind of rule it is")]
    [InlineData(
        """{"kind":"teleport"}""",
        "There is no kind of rule called \"teleport\".",
        "a kind that is known: time_window, frequency"
    )]
    [InlineData(
        """{"kind":"time_window"}""",
        "… only … at the customer; otherwise the contact is blocked.",
        "the channels it is about; the hours"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["phone"],"windows":[{"days":[],"start":"09:00","end":""}]}""",
        "Calls only … 09:00–… at the customer; otherwise the contact is blocked.",
        "the days of a window; when a window ends"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["phone"],"windows":[{"start":"9","end":"18:00"}]}""",
        "Calls only every day 9–18:00",
        "windows[0].start is '9', which is not a time such as 08:00"
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":"seven"}""",
        "At most … calls … in …; the next one is blocked.",
        "how many are allowed; whether it counts for each invoice or for each customer; the period; which outcomes count"
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":3,"per":"debt","period":{"type":"calendar_days"},"count_statuses":["sent"]}""",
        "At most 3 calls about one invoice in … days; the next one is blocked.",
        "how many days"
    )]
    [InlineData(
        """{"kind":"conversation_cooldown","channels":["fax"]}""",
        "No … … for … days after a telephone conversation",
        "the channels it is about; how many days"
    )]
    [InlineData(
        """{"kind":"min_interval","channels":["sms"],"count_channels":["sms"],"count_statuses":["sent"]}""",
        "At least … minutes between two SMS to one customer; one that comes sooner is blocked.",
        "how many minutes"
    )]
    [InlineData("""{"kind":"channel_block"}""", "Every … is blocked.", "the channels it is about")]
    [InlineData(
        """{"kind":"consent_required","channels":[],"max_age_days":"x"}""",
        "… only with the customer's consent to them, confirmed in the last … days",
        "the channels that need consent; how old a consent may be"
    )]
    [InlineData(
        """{"kind":"notice_hold","channels":["email"]}""",
        "No e-mails until … days after the date of the written notice, and none without a notice; before then an e-mail is blocked.",
        "how many days to wait"
    )]
    [InlineData(
        """{"kind":"optout_confirmation"}""",
        "One SMS may confirm an opt-out within … minutes of it",
        "within how many minutes"
    )]
    [InlineData(
        """{"kind":"preferred_window","channels":["pigeon"]}""",
        "… only in the hours the customer asked for",
        "the channels it is about"
    )]
    public void One_that_is_not_finished_says_what_is_missing(
        string condition,
        string text,
        string missing
    )
    {
        var said = Say(condition, RuleAction.BlockContact);

        Assert.StartsWith(text, said.Text, StringComparison.Ordinal);
        Assert.StartsWith(missing, string.Join("; ", said.Missing), StringComparison.Ordinal);
        Assert.False(said.IsComplete);
        Assert.Contains("Still missing: ", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_its_family_and_a_sentence()
    {
        Assert.Equal(
            RuleSet.KnownKinds.Order(StringComparer.Ordinal),
            RuleKinds.All.Select(k => k.Kind).Order(StringComparer.Ordinal)
        );
        foreach (var kind in RuleKinds.All)
        {
            var said = Say($$"""{"kind":"{{kind.Kind}}"}""", RuleAction.BlockContact);
            Assert.DoesNotContain("no kind of rule", said.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"kind":{}}""")]
    [InlineData(
        """{"kind":"time_window","channels":"any","windows":{"start":1},"closed_dates":[1,null,{}]}"""
    )]
    [InlineData(
        """{"kind":"time_window","channels":[1],"windows":[1,"x",{"days":"mon","start":8,"end":null}],"fallback_zones":[[]]}"""
    )]
    [InlineData(
        """{"kind":"frequency","channels":[{}],"count_channels":null,"max":1e400,"period":[],"per":7,"count_statuses":[1]}"""
    )]
    [InlineData("""{"kind":"min_interval","minutes":-1e308,"count_statuses":"sent"}""")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Whatever_the_condition_holds_there_is_a_sentence(string condition)
    {
        var said = Say(condition, (RuleAction)99);

        Assert.NotEmpty(said.Text);
        Assert.NotEmpty(said.Missing);
    }

    private static RuleSentence Say(string condition, RuleAction action) =>
        RuleSentence.Of(JsonSerializer.Deserialize<JsonElement>(condition), action);
}
