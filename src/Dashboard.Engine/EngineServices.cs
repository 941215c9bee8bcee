using System.Security.Cryptography;
using System.Text;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Templates;
using Dashboard.Domain.Contacts;
using Dashboard.Engine.Audit;
using Dashboard.Engine.Campaigns;
using Dashboard.Engine.Channels;
using Dashboard.Engine.Channels.Email;
using Dashboard.Engine.Channels.Simulated;
using Dashboard.Engine.Compliance;
using Dashboard.Engine.Dispatch;
using Dashboard.Engine.Loops;
using Dashboard.Engine.Payments;
using Dashboard.Engine.Rescue;
using Dashboard.Engine.Research;
using Dashboard.Engine.Sending;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine;

/// <summary>Registers the engine.</summary>
public static class EngineServices
{
    /// <summary>The engine with its loops. Needs <c>AddDashboardData</c> and <c>AddAuditSeals</c>.</summary>
    public static IServiceCollection AddDashboardEngine(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        services.AddDashboardEngineParts(configuration);
        services.AddHostedService<EngineLoop<CampaignRunner>>();
        services.AddHostedService<EngineLoop<Dispatcher>>();
        services.AddHostedService<EngineLoop<Sender>>();
        services.AddHostedService<EngineLoop<Rescuer>>();
        services.AddHostedService<EngineLoop<ResearchLoop>>();
        services.AddHostedService<EngineLoop<SimulatedReports>>();
        services.AddHostedService<EngineLoop<AgeInvoices>>();
        services.AddHostedService<EngineLoop<ProofLoop>>();
        services.AddHostedService<EngineLoop<SumTallies>>();
        services.AddHostedService<EngineLoop<RuleActivator>>();
        services.AddHostedService<EngineLoop<AuditSealing>>();
        return services;
    }

    /// <summary>The parts without the loops: tests and benchmarks run them one by one.</summary>
    public static IServiceCollection AddDashboardEngineParts(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        AddOptions<EngineOptions>(services, configuration, EngineOptions.Section);
        AddOptions<SmtpOptions>(services, configuration, SmtpOptions.Section);
        AddOptions<UnsubscribeOptions>(services, configuration, UnsubscribeOptions.Section);
        AddOptions<SimulationOptions>(services, configuration, SimulationOptions.Section);
        AddOptions<ProofOptions>(services, configuration, ProofOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IUnsubscribeLinks>(CreateLinks);
        services.AddSingleton<EngineIdentity>();
        services.AddMessages(configuration);
        services.AddSingleton<Outbox>();
        services.AddSingleton<SmtpChannel>();
        services.AddSingleton<SimulatedChannel>();
        services.AddSingleton(CreateChannels);
        services.AddSingleton<MessageBuilder>();
        services.AddSingleton<Courier>();
        services.AddSingleton<ResultRecorder>();
        services.AddSingleton<SendStore>();
        services.AddSingleton<CampaignRunner>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<ResearchLoop>();
        services.AddSingleton<SimulatedReports>();
        services.AddSingleton<AgeInvoices>();
        services.AddSingleton<NightlyProof>();
        services.AddSingleton<ProofLoop>();
        services.AddSingleton<SumTallies>();
        services.AddSingleton<RuleActivator>();
        services.AddSingleton<AuditSealing>();
        services.AddSingleton(CreateSender);
        services.AddSingleton(CreateRescuer);
        return services;
    }

    private static void AddOptions<T>(
        IServiceCollection services,
        IConfiguration configuration,
        string section
    )
        where T : class =>
        services
            .AddOptions<T>()
            .Bind(configuration.GetSection(section))
            .ValidateDataAnnotations()
            .ValidateOnStart();

    private static Sender CreateSender(IServiceProvider services) =>
        new(
            services.GetRequiredService<Outbox>(),
            services.GetRequiredService<Courier>(),
            services.GetRequiredService<ResultRecorder>(),
            services.GetRequiredService<SendStore>(),
            services.GetRequiredService<EngineIdentity>(),
            services.GetRequiredService<IOptions<EngineOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Sender>>()
        );

    private static Rescuer CreateRescuer(IServiceProvider services) =>
        new(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<ResultRecorder>(),
            services.GetRequiredService<ChannelSet>(),
            services.GetRequiredService<EngineIdentity>(),
            services.GetRequiredService<IOptions<EngineOptions>>(),
            services.GetRequiredService<TimeProvider>()
        );

    /// <summary>
    /// E-mail leaves by SMTP where a host is configured; everything else is simulated and says so. E-mail of demo customers
    /// reaches a mail server only on this machine, such as a test's sink.
    /// </summary>
    private static ChannelSet CreateChannels(IServiceProvider services)
    {
        var simulated = services.GetRequiredService<SimulatedChannel>();
        var smtp = services.GetRequiredService<IOptions<SmtpOptions>>().Value;
        IChannel email = smtp.IsConfigured ? services.GetRequiredService<SmtpChannel>() : simulated;
        return new ChannelSet(
            new Dictionary<Channel, IChannel>
            {
                [Channel.Email] = email,
                [Channel.Sms] = simulated,
                [Channel.Phone] = simulated,
            },
            smtp.IsLoopback ? null : simulated
        );
    }

    /// <summary>Without a configured key the links of this process end with it; a key makes them last.</summary>
    private static HmacUnsubscribeLinks CreateLinks(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<UnsubscribeOptions>>().Value;
        var key = options.Key is { } text
            ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
            : RandomNumberGenerator.GetBytes(32);
        return new HmacUnsubscribeLinks(options.PublicAddress, key);
    }
}
