using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Quarantine;
using DmpFederation.Sdk;
using GraphQL;
using GraphQL.Types;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>The schema of contract §4, built from the annotated types of this folder.</summary>
internal sealed class DossierSchema : GraphQL.Types.Schema
{
    public DossierSchema(IServiceProvider services)
        : base(services)
    {
        Description = "Federated dossiers of the French regional pilots.";
        this.RegisterTypeMapping<InsArgument, InsScalar>();
        this.RegisterTypeMapping<Ins, InsScalar>();
        this.RegisterTypeMapping<FhirDate, FhirDateScalar>();
        this.RegisterTypeMapping<DateTimeOffset, DateTimeScalar>();
        this.RegisterTypeMapping<FhirResource, FhirJsonScalar>();
        this.RegisterTypeMapping<decimal, DecimalScalar>();
        this.RegisterTypeMapping<long, LongScalar>();
        this.RegisterTypeMapping<EntryCategory, EntryCategoryEnum>();
        this.RegisterTypeMapping<Purpose, PurposeEnum>();
        this.RegisterTypeMapping<SourceStatus, SourceStatusEnum>();
        this.RegisterTypeMapping<Store, StoreEnum>();
        this.RegisterTypeMapping<SourceState, SourceStateEnum>();
        this.RegisterTypeMapping<ActorRole, ActorRoleEnum>();
        this.RegisterTypeMapping<TraitSex, TraitSexEnum>();
        this.RegisterTypeMapping<IdentityStatus, IdentityStatusEnum>();
        this.RegisterTypeMapping<IdentityTrait, IdentityTraitEnum>();
        this.RegisterTypeMapping<QuarantineState, QuarantineStateEnum>();
        this.RegisterTypeMapping<AuditOutcome, AccessOutcomeEnum>();
        this.RegisterTypeMapping<DossierState, DossierStateEnum>();
        this.RegisterTypeMapping<ConsentAction, ConsentActionEnum>();
        this.RegisterTypeMapping<ConsentChoice, ConsentChoiceEnum>();
        this.RegisterTypeMapping<GranteeKind, GranteeKindEnum>();
        this.RegisterTypeMapping<ReviewOutcome, ReviewOutcomeEnum>();
        this.RegisterTypeMapping<Visibility, VisibilityEnum>();
        this.RegisterTypeMapping<EmergencyMode, EmergencyModeEnum>();
        this.RegisterTypeMapping<IdentityWorkState, IdentityWorkStateEnum>();
        this.RegisterTypeMapping<MaskTargetKind, MaskTargetKindEnum>();
        this.RegisterTypeMapping<MigrationState, MigrationStateEnum>();
        this.RegisterTypeMapping<DeliveryState, DeliveryStateEnum>();
        this.RegisterTypeMapping<DepositInput, AutoRegisteringInputObjectGraphType<DepositInput>>();
        this.RegisterTypeMapping<MigrationInput, AutoRegisteringInputObjectGraphType<MigrationInput>>();
        this.RegisterTypeMapping<MigrationLoadInput, AutoRegisteringInputObjectGraphType<MigrationLoadInput>>();
        this.RegisterTypeMapping<ViewerInput, AutoRegisteringInputObjectGraphType<ViewerInput>>();
        this.RegisterTypeMapping<ConsentInput, AutoRegisteringInputObjectGraphType<ConsentInput>>();
        this.RegisterTypeMapping<MaskTargetInput, AutoRegisteringInputObjectGraphType<MaskTargetInput>>();
        this.RegisterTypeMapping<EntryFilter, AutoRegisteringInputObjectGraphType<EntryFilter>>();
        MapObject<DossierView>();
        MapObject<EntryPageView>();
        MapObject<EntryView>();
        MapObject<CodingView>();
        MapObject<EntryValueView>();
        MapObject<AuthorView>();
        MapObject<OriginView>();
        MapObject<ConflictView>();
        MapObject<ConflictValueView>();
        MapObject<PatientIdentityView>();
        MapObject<IdentityDisagreementView>();
        MapObject<TraitDifferenceView>();
        MapObject<SourceAnswerView>();
        MapObject<SourceView>();
        MapObject<OverlapView>();
        MapObject<SourceShareView>();
        MapObject<SourcePairView>();
        MapObject<CategoryOverlapView>();
        MapObject<UnmappedCodeView>();
        MapObject<ActorView>();
        MapObject<QuarantinePageView>();
        MapObject<QuarantinedItemView>();
        MapObject<ReplayReportView>();
        MapObject<ReplayResultView>();
        MapObject<AccessLogView>();
        MapObject<AccessLogLineView>();
        MapObject<DossierStateView>();
        MapObject<ConsentStateView>();
        MapObject<ConsentView>();
        MapObject<CareTeamMemberView>();
        MapObject<BreakGlassTicketView>();
        MapObject<BreakGlassReviewView>();
        MapObject<PatientNoticeView>();
        MapObject<MaskStateView>();
        MapObject<MaskView>();
        MapObject<DecisionView>();
        MapObject<IdentityWorkItemView>();
        MapObject<IdentityLinkView>();
        MapObject<MigrationView>();
        MapObject<MigrationSliceView>();
        MapObject<MigrationLoadView>();
        MapObject<MigrationStepView>();
        MapObject<DivergenceView>();
        MapObject<MigrationCountsView>();
        MapObject<MigrationDifferenceView>();
        MapObject<EquivalenceView>();
        MapObject<DepositReceiptView>();
        MapObject<DepositDeliveryView>();
        MapObject<DeliveryPageView>();
        MapObject<DeliveryView>();
        this.RegisterType<LongScalar>();
        Query = new AutoRegisteringObjectGraphType<DossierQuery>();
        Mutation = new AutoRegisteringObjectGraphType<DossierMutation>();
        Subscription = new AutoRegisteringObjectGraphType<DossierSubscription>();
    }

    private void MapObject<T>() => this.RegisterTypeMapping<T, AutoRegisteringObjectGraphType<T>>();
}
