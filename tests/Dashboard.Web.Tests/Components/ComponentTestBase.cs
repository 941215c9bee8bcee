using Bunit;
using Bunit.TestDoubles;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace Dashboard.Web.Tests.Components;

/// <summary>A bUnit context with Radzen, a clock that stands still and a person who looks.</summary>
public abstract class ComponentTestBase : BunitContext
{
    /// <summary>Registers the services.</summary>
    protected ComponentTestBase()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.RemoveAll<TimeProvider>();
        Services.AddSingleton<TimeProvider>(new TestClock());
        Viewer = AddAuthorization();
    }

    /// <summary>Who looks; nobody is signed in at first.</summary>
    protected BunitAuthorizationContext Viewer { get; }

    /// <summary>Signs a person with these roles in.</summary>
    protected void SignIn(params string[] roles) => Viewer.SetAuthorized("dana").SetRoles(roles);
}
