using System.ComponentModel.DataAnnotations;
using Dashboard.Data.Changes;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Engine;
using Dashboard.Engine.Channels.Email;
using Dashboard.Engine.Channels.Simulated;
using Dashboard.Web.Features.OptOuts;
using Dashboard.Web.Hosting;
using Dashboard.Web.Identity;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Dashboard.Web.Tests.Hosting;

/// <summary>appsettings.Example.json shows every setting, with the default it really has.</summary>
public sealed class ExampleSettingsTests
{
    public static TheoryData<string, Type> Sections =>
        new()
        {
            { DashboardOptions.Section, typeof(DashboardOptions) },
            { SignInSettings.Section, typeof(SignInSettings) },
            { AdminSettings.Section, typeof(AdminSettings) },
            { SmtpOptions.Section, typeof(SmtpOptions) },
            { UnsubscribeOptions.Section, typeof(UnsubscribeOptions) },
            { TwilioSettings.Section, typeof(TwilioSettings) },
            { EngineOptions.Section, typeof(EngineOptions) },
            { SimulationOptions.Section, typeof(SimulationOptions) },
            { ProofOptions.Section, typeof(ProofOptions) },
            { ComplianceOptions.Section, typeof(ComplianceOptions) },
            { "Feed", typeof(ChangeFeedOptions) },
        };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_setting_is_shown_with_its_default(string section, Type type)
    {
        var shown = Example().GetSection(section);
        var bound = Activator.CreateInstance(type)!;
        shown.Bind(bound, o => o.ErrorOnUnknownConfiguration = false);
        var defaults = Activator.CreateInstance(type)!;
        var settings = type.GetProperties().Where(p => p.CanWrite).ToList();
        Assert.NotEmpty(settings);
        var keys = shown.GetChildren().Select(c => c.Key).ToHashSet(StringComparer.Ordinal);

        foreach (var setting in settings)
        {
            Assert.True(keys.Contains(setting.Name), $"{section}:{setting.Name} is not shown.");
            var (value, expected) = (setting.GetValue(bound), setting.GetValue(defaults));
            Assert.Equal(expected ?? string.Empty, value ?? string.Empty);
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Nothing_is_shown_that_does_not_exist(string section, Type type)
    {
        var known = type.GetProperties().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var inner = Sections
            .Select(s => s.Data.Item1)
            .Where(s => s.StartsWith(section + ":", StringComparison.Ordinal))
            .Select(s => s[(section.Length + 1)..]);
        known.UnionWith(inner);
        Assert.DoesNotContain(
            Example().GetSection(section).GetChildren().Select(c => c.Key),
            k => !known.Contains(k)
        );
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_shown_values_are_valid(string section, Type type)
    {
        var bound = Activator.CreateInstance(type)!;
        Example().GetSection(section).Bind(bound);
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(bound, new ValidationContext(bound), faults, true);
        Assert.Empty(faults.Select(f => f.ErrorMessage));
    }

    private static IConfigurationRoot Example()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "appsettings.Example.json")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return new ConfigurationBuilder()
            .SetBasePath(folder)
            .AddJsonFile("appsettings.Example.json", optional: false)
            .Build();
    }
}
