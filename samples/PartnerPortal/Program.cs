using DmpFederation.PartnerPortal;

await PortalApp.Build(args).RunAsync();
