using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Customers;

/// <summary>
/// When, where and how a customer wants to be contacted, as the gate reads it. Whoever may save may add a limit; to take a channel
/// restriction, preferred hours or another zone away, or to correct the date of the notice, takes a compliance officer.
/// </summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Start">Wall clock in <paramref name="Timezone"/>, inclusive; with <paramref name="End"/> or neither.</param>
/// <param name="End">Wall clock, exclusive.</param>
/// <param name="Timezone">Primary IANA zone; null = unknown, and the gate refuses every contact.</param>
/// <param name="OtherTimezones">Further IANA zones, at most 10; hours must hold in all of them.</param>
/// <param name="Restrictions">Channels never to be used.</param>
/// <param name="NoticeSentOn">Local date of the written notice; null = none on file.</param>
public sealed record SaveContactPreferences(
    Guid CustomerId,
    TimeOnly? Start,
    TimeOnly? End,
    string? Timezone,
    IReadOnlyList<string> OtherTimezones,
    IReadOnlyList<Channel> Restrictions,
    DateOnly? NoticeSentOn
) : ICommand<Nothing>
{
    private const int MostZones = 10;

    /// <inheritdoc />
    public string AllowedRoles => $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId, "preferences_changed");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Check(context.Now) is { } fault)
        {
            return fault;
        }

        await context.LockCustomersAsync([CustomerId], cancellationToken);
        if (!await context.Db.Customers.AnyAsync(c => c.Id == CustomerId, cancellationToken))
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var profile = await ProfileAsync(context, cancellationToken);
        var preferences = await PreferencesAsync(context, cancellationToken);
        if (
            !context.Actor.HasAnyRole(Roles.ComplianceOfficers)
            && Loosens(profile, preferences) is { } loosened
        )
        {
            return loosened;
        }

        Fill(profile, preferences);
        return default(Nothing);
    }

    private Error? Check(DateTime now)
    {
        if (Start is null != End is null)
        {
            return Error.Invalid(
                Start is null ? nameof(Start) : nameof(End),
                "Enter both hours or neither."
            );
        }

        if (Start is not null && Start == End)
        {
            return Error.Invalid(
                nameof(End),
                "The hours must differ; leave both empty for no preference."
            );
        }

        if (!string.IsNullOrWhiteSpace(Timezone) && ZoneNames.Fault(Timezone) is { } wrong)
        {
            return Error.Invalid(nameof(Timezone), wrong);
        }

        if (OtherTimezones.Count > MostZones)
        {
            return Error.Invalid(nameof(OtherTimezones), $"At most {MostZones} other zones fit.");
        }

        foreach (var zone in OtherTimezones)
        {
            if (ZoneNames.Fault(zone) is { } unknown)
            {
                return Error.Invalid(nameof(OtherTimezones), unknown);
            }
        }

        // A day of grace: the customer's date may be ahead of ours.
        return NoticeSentOn > DateOnly.FromDateTime(now).AddDays(1)
            ? Error.Invalid(
                nameof(NoticeSentOn),
                "The notice was sent today or before; enter that date."
            )
            : null;
    }

    private Error? Loosens(CustomerProfile profile, ContactPreferences preferences)
    {
        var kept = Restrictions.Select(c => c.ToText()).ToHashSet(StringComparer.Ordinal);
        return (profile.ContactRestrictions ?? []).Where(IsChannel).Except(kept).FirstOrDefault()
                is { } channel
                ? Officers(nameof(Restrictions), $"take the restriction on {channel} away")
            : profile.PreferredContactTimeStart is { } from
            && profile.PreferredContactTimeEnd is { } until
            && !Within(from, until)
                ? Officers(nameof(Start), "take preferred hours away or widen them")
            : preferences.OtherTimezones.Except(OtherTimezones).FirstOrDefault() is { } zone
                ? Officers(nameof(OtherTimezones), $"take the zone {zone} away")
            : preferences.NoticeSentOn is not null && NoticeSentOn != preferences.NoticeSentOn
                ? Officers(nameof(NoticeSentOn), "correct the date of the notice")
            : null;
    }

    private static bool IsChannel(string word) => EnumText.TryParse<Channel>(word, out _);

    private static Error Officers(string field, string what) =>
        Error.Invalid(field, $"Only a compliance officer may {what}.");

    /// <summary>The new hours lie within the old ones; hours over midnight are compared on a line that starts at the old start.</summary>
    private bool Within(TimeOnly from, TimeOnly until)
    {
        if (Start is not { } start || End is not { } end)
        {
            return false;
        }

        var length = (until - from).Ticks;
        var begin = (start - from).Ticks;
        return begin + (end - start).Ticks <= length;
    }

    private async Task<CustomerProfile> ProfileAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var profile = await context.Db.CustomerProfiles.SingleOrDefaultAsync(
            p => p.CustomerId == CustomerId,
            cancellationToken
        );
        if (profile is null)
        {
            profile = new CustomerProfile
            {
                Id = Guid.CreateVersion7(),
                CustomerId = CustomerId,
                CreatedAt = context.Now,
            };
            context.Db.CustomerProfiles.Add(profile);
        }

        return profile;
    }

    private async Task<ContactPreferences> PreferencesAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var preferences = await context.Db.ContactPreferences.SingleOrDefaultAsync(
            p => p.CustomerId == CustomerId,
            cancellationToken
        );
        if (preferences is null)
        {
            preferences = new ContactPreferences { CustomerId = CustomerId };
            if (OtherTimezones.Count > 0 || NoticeSentOn is not null)
            {
                context.Db.ContactPreferences.Add(preferences);
            }
        }

        return preferences;
    }

    private void Fill(CustomerProfile profile, ContactPreferences preferences)
    {
        profile.PreferredContactTimeStart = Start;
        profile.PreferredContactTimeEnd = End;
        profile.Timezone = string.IsNullOrWhiteSpace(Timezone) ? null : Timezone.Trim();
        // Other words, such as "all", cannot be chosen here and must not go by accident.
        string[] words =
        [
            .. Restrictions.Distinct().Order().Select(c => c.ToText()),
            .. (profile.ContactRestrictions ?? []).Where(w => !IsChannel(w)),
        ];
        profile.ContactRestrictions =
            words.Length == 0 && profile.ContactRestrictions is null ? null : words;
        preferences.OtherTimezones =
        [
            .. OtherTimezones.Select(z => z.Trim()).Distinct(StringComparer.Ordinal),
        ];
        preferences.NoticeSentOn = NoticeSentOn;
    }
}
