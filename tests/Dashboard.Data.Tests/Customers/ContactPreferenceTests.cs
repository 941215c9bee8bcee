using Dashboard.Data.Customers;
using Dashboard.Data.Tests.Commands;
using Dashboard.Data.Tests.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Customers;

public sealed class ContactPreferenceTests : OptOutTest
{
    [Fact]
    public async Task Preferences_are_saved_audited_and_their_past_is_kept()
    {
        var customer = await CustomerAsync();
        var wanted = Preferences(customer.Id);
        await DoneAsync(wanted, Actors.Manager);
        await DoneAsync(
            wanted with
            {
                OtherTimezones = ["US/Eastern", "Asia/Kathmandu"],
            },
            Actors.Manager
        );

        var (profile, other) = await Database.ReadAsync(async db =>
            (
                await db.CustomerProfiles.SingleAsync(p => p.CustomerId == customer.Id),
                await db.ContactPreferences.SingleAsync(p => p.CustomerId == customer.Id)
            )
        );
        Assert.Equal(
            (new TimeOnly(9, 0), "America/Denver"),
            (profile.PreferredContactTimeStart, profile.Timezone)
        );
        Assert.Equal(["sms"], profile.ContactRestrictions!);
        Assert.Equal(["US/Eastern", "Asia/Kathmandu"], other.OtherTimezones);
        var kept = await Database.ReadAsync(db =>
            db.ContactFactHistory.Where(h => h.CustomerId == customer.Id)
                .Select(h => h.Source)
                .ToListAsync()
        );
        Assert.Contains("customer_profiles", kept);
        Assert.Contains("contact_preferences", kept);
        Assert.True(
            await Database.ReadAsync(db =>
                db.AuditLogs.AnyAsync(a =>
                    a.EntityType == "contact_preferences" && a.EntityId == customer.Id
                )
            )
        );
    }

    [Theory]
    [InlineData("Amercia/Denver", "America/Denver")]
    [InlineData("denver", "America/Denver")]
    [InlineData("New York", "America/New_York")]
    [InlineData("Middle Earth", "such as")]
    public async Task An_unknown_zone_is_refused_with_the_one_meant(string typed, string told)
    {
        var customer = await CustomerAsync();
        var primary = await RunAsync(Preferences(customer.Id) with { Timezone = typed });
        var other = await RunAsync(Preferences(customer.Id) with { OtherTimezones = [typed] });

        Assert.Equal(("Timezone", "OtherTimezones"), (primary.Error!.Field, other.Error!.Field));
        Assert.Contains(told, primary.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_adds_limits_and_only_an_officer_takes_them_away()
    {
        var customer = await CustomerAsync();
        var wanted = Preferences(customer.Id);
        await DoneAsync(wanted, Actors.Manager);
        SaveContactPreferences[] looser =
        [
            wanted with
            {
                Restrictions = [],
            },
            wanted with
            {
                Start = null,
                End = null,
            },
            wanted with
            {
                Start = new TimeOnly(8, 0),
            },
            wanted with
            {
                OtherTimezones = [],
            },
            wanted with
            {
                NoticeSentOn = wanted.NoticeSentOn!.Value.AddDays(-20),
            },
        ];
        foreach (var change in looser)
        {
            var refused = await RunAsync(change, Actors.Manager);
            Assert.Contains("compliance officer", refused.Error!.Message, StringComparison.Ordinal);
        }

        await DoneAsync(
            wanted with
            {
                Start = new TimeOnly(10, 0),
                Restrictions = [Channel.Sms, Channel.Phone],
            },
            Actors.Manager
        );
        foreach (var change in looser)
        {
            await DoneAsync(change, Actors.Officer);
        }
    }

    [Fact]
    public async Task A_consent_is_recorded_confirmed_and_revoked()
    {
        var customer = await CustomerAsync();
        var early = Some.Now.AddDays(-30);
        var id = await DoneAsync(
            new RecordConsent(
                customer.Id,
                ConsentKind.Channel,
                Channel.Sms,
                null,
                early,
                "Signed form"
            ),
            Actors.Manager
        );
        await DoneAsync(new ConfirmConsent(id, "On the phone"), Actors.Manager);
        await DoneAsync(
            new RevokeConsent(id, "Changed their mind"),
            Actors.Operator(Data.Operators.Roles.Supervisor)
        );
        var confirmed = await RunAsync(new ConfirmConsent(id, "Again"), Actors.Manager);

        var consent = await Database.ReadAsync(db => db.Consents.SingleAsync(c => c.Id == id));
        Assert.Equal(
            (Some.Now, "On the phone", Some.Now),
            (consent.GivenAt, consent.Source, consent.RevokedAt)
        );
        Assert.Equal("illegal_transition", confirmed.Error!.Code);
    }

    [Fact]
    public async Task A_consent_without_a_source_from_tomorrow_or_for_another_invoice_is_refused()
    {
        var customer = await CustomerAsync();
        var other = await CustomerAsync();
        var invoice = Some.Invoice(other);
        await Database.AddAsync(invoice);
        var consent = new RecordConsent(
            customer.Id,
            ConsentKind.Prior,
            Channel.Phone,
            null,
            null,
            "Call"
        );

        Assert.Equal("Source", (await RunAsync(consent with { Source = " " })).Error!.Field);
        Assert.Equal(
            "GivenAt",
            (await RunAsync(consent with { GivenAt = Some.Now.AddDays(1) })).Error!.Field
        );
        Assert.Equal(
            "PaymentRecordId",
            (await RunAsync(consent with { PaymentRecordId = invoice.Id })).Error!.Field
        );
    }

    private static SaveContactPreferences Preferences(Guid customer) =>
        new(
            customer,
            new TimeOnly(9, 0),
            new TimeOnly(12, 0),
            "America/Denver",
            ["US/Eastern"],
            [Channel.Sms],
            DateOnly.FromDateTime(Some.Now).AddDays(-3)
        );
}
