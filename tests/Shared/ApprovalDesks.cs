using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Templates;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Shared;

/// <summary>What renders and decides, without a program around it.</summary>
public static class ApprovalDesks
{
    /// <summary>Renders in the name of Fabrikam &amp; Sons.</summary>
    public static TaskMessages Messages(TimeProvider clock) =>
        new(
            new MessageRenderer(
                new TemplateRenderer(),
                new HmacUnsubscribeLinks(new Uri("https://calls.example/"), new byte[32]),
                Options.Create(new MessageOptions { CompanyName = "Fabrikam & Sons" }),
                clock
            ),
            clock
        );

    /// <summary>Decides.</summary>
    public static ApprovalDesk Create(TimeProvider clock) => new(Messages(clock));
}
