"""Which printed words announce which date? Written as in vocabulary.py."""

from shop.assay.certificates.facts import FieldName

PHRASES: dict[FieldName, str] = {
    FieldName.DATE_MADE: """
        +manufacturing date; +manufacture date; manufactured; manufactured on;
        +date of manufacture; +date of manufacturing; -manufacturing; +production date;
        +date of production; produced; produced on; date produced; date manufactured; +mfg date;
        mfg; mfd; mfd date; mfr date; mnf date; dom; made on; date made; date mfg; prod date;
        man date; manuf date; mfg dt; d o m; date of mfg; mfd on; pkg date; ~packaging date;
        ~packed on; herstelldatum; herstellungsdatum; produktionsdatum; hergestellt am;
        fertigungsdatum; date de fabrication; fabrique le; date de production;
        fecha de fabricacion; fabricacion; fecha de elaboracion; f fabricacion; elaboracion;
        fecha de produccion; f elaboracion; data di produzione; data di fabbricazione;
        data produzione; data de fabricacao; fabricacao; data de producao; productiedatum;
        fabricagedatum; \u751f\u4ea7\u65e5\u671f; \u751f\u7522\u65e5\u671f;
        \u5236\u9020\u65e5\u671f; \u88fd\u9020\u65e5; \u88fd\u9020\u5e74\u6708\u65e5;
        \uc81c\uc870\uc77c\uc790; \uc81c\uc870\uc77c""",
    FieldName.DATE_EXPIRES: """
        expiry; +expiry date; expiration; +expiration date; expires; expires on;
        +date of expiry; +date of expiration; expire date; exp; +exp date; expiry exp;
        expiry best before; +best before; +best before date; best before end; best by;
        best by date; bbe; bbd; bb; use by; use by date; use before; shelf life until;
        shelf life date; shelf life expiry; minimum shelf life; min shelf life; product expiry;
        exp dt; ~retest date; ~re test date; ~retest; ~recommended retest date;
        expiration recommended retest date; ~date of retest; expiry retest date;
        ~recommended retest; ~retest by; expiration retest date; mindestens haltbar bis;
        mindesthaltbarkeit; mindesthaltbarkeitsdatum; mhd; haltbar bis; verfallsdatum;
        verfalldatum; ablaufdatum; verwendbar bis; verw bis; haltbarkeit; date d expiration;
        date de peremption; peremption; -date limite; ddm; dlc; dluo; expire le;
        date limite d utilisation; dlu; fecha de caducidad; fecha de vencimiento; caducidad;
        vencimiento; f caducidad; fecha caducidad; fecha vencimiento; consumo preferente;
        data di scadenza; scadenza; data scadenza; da consumarsi entro; tmc; data de validade;
        -validade; prazo de validade; data de vencimento; houdbaar tot; tht;
        ten minste houdbaar tot; vervaldatum; houdbaarheidsdatum; ~valido ate;
        \u6709\u6548\u671f; \u6709\u6548\u671f\u81f3; \u6709\u6548\u65e5\u671f;
        \u4fdd\u8d28\u671f\u81f3; \u5230\u671f\u65e5\u671f; \u4f7f\u7528\u671f\u9650;
        \u6709\u52b9\u671f\u9650; \u671f\u9650; \uc720\ud6a8\uae30\uac04;
        ~\u590d\u68c0\u65e5\u671f""",
    FieldName.DATE_SAMPLED: """
        +date sampled; +sampling date; sampled; sampled on; +date of sampling; sample date;
        sample taken; collection date; date collected; sample collected; collected;
        collected on; date of collection; sample collection date; sampling date time;
        date taken; probenahmedatum; datum der probenahme; -probenahme; probenahme am;
        entnahmedatum; date de prelevement; prelevement; preleve le; date d echantillonnage;
        date prelevement; fecha de muestreo; fecha de toma de muestra; fecha toma de muestra;
        -muestreo; data campionamento; data di campionamento; data prelievo; data de amostragem;
        data da colheita; data de coleta; datum monstername; monsternamedatum;
        \u62bd\u6837\u65e5\u671f; \u53d6\u6837\u65e5\u671f; \u63a1\u53d6\u65e5""",
    FieldName.DATE_RECEIVED: """
        +date received; received; received on; +receipt date; +date of receipt; sample received;
        sample received on; date sample received; sample receipt date; +received date;
        arrival date; date of sample received; date samples received; samples received;
        date of reception; reception date; sample receipt; sample arrival date;
        sample received date; date in; date sample s received; date of sample receipt;
        sample receiving date; receiving date; received at lab; -login date; date of arrival;
        date submitted; sample submitted; eingangsdatum; probeneingang; -eingang;
        eingegangen am; eingang am; datum des eingangs; probeneingangsdatum; date de reception;
        recu le; reception; -date d arrivee; date reception; fecha de recepcion;
        fecha recepcion; recepcion; fecha de entrada; recibido; data ricevimento;
        data di ricevimento; data di arrivo; data arrivo; ricevimento; data accettazione;
        data de recepcao; recepcao; data de recebimento; recebimento; data de entrada;
        ontvangstdatum; datum ontvangst; ontvangen op; datum van ontvangst;
        \u6536\u6837\u65e5\u671f; \u6536\u5230\u65e5\u671f; \u63a5\u6837\u65e5\u671f;
        \u53d7\u4ed8\u65e5; \u53d7\u9818\u65e5""",
    FieldName.DATE_TESTED: """
        +date tested; tested; tested on; test date; +testing date; +testing period;
        +test period; period of testing; +date of test; +date of testing; +date of analysis;
        +analysis date; +date analysed; +date analyzed; analysed on; analyzed on;
        +analysis period; analyzed; +dates of analysis; dates of test; dates tested;
        tested date; date s tested; analysis dates; date completed; analysis completed;
        testing completed; test completed; completion date; date test completed; completed;
        completed on; +date of completion; analysis end date; analysis end; test end date;
        analysis completed on; analysis conducted; testing conducted; date s of analysis;
        date of performance; date s of performance; test performed; period of analysis;
        date analysis completed; analysis complete; test dates; end of analysis; testing dates;
        dates of testing; -inspection date; -date of inspection; date performed; prufdatum;
        prufzeitraum; -prufdauer; analysedatum; untersuchungszeitraum; analysenende; prufende;
        untersuchungsende; prufung beendet; analysenzeitraum; prufbeginn prufende;
        datum der prufung; datum der analyse; ende der prufung; analysendatum; prufungszeitraum;
        date d analyse; date d essai; dates d analyse; periode d analyse; date de fin d analyse;
        fin d analyse; date fin d analyse; periode d essai; date des essais; date analyse;
        fecha de analisis; fecha de ensayo; fecha de ensayos; periodo de ensayo; fecha analisis;
        fecha fin de analisis; fecha fin analisis; fin de analisis; fecha de fin de analisis;
        fecha de realizacion; fecha de finalizacion; data di analisi; data analisi;
        data fine analisi; data fine prove; data fine prova; fine prove; periodo di prova;
        data esecuzione; data di esecuzione; fine analisi; data prova; data de analise;
        data de ensaio; data de conclusao; data da analise; periodo de ensaio;
        data fim de analise; analysedatum; datum analyse; datum van analyse; einddatum analyse;
        \u68c0\u9a8c\u65e5\u671f; \u68c0\u6d4b\u65e5\u671f; \u6aa2\u9a57\u65e5\u671f;
        \u5206\u6790\u65e5\u671f; \u8a66\u9a13\u65e5; \u5206\u6790\u65e5""",
    FieldName.DATE_ISSUED: """
        +date of issue; +issue date; issued; issued on; +date issued; +date of report;
        +report date; +date reported; -reported; reported on; +reporting date;
        +certificate date; +date of certificate; release date; date released; date of release;
        approval date; date approved; report issued; ~print date; ~printed; ~printed on;
        ~date printed; -date; coa date; -released; -published on; report released; date of coa;
        coa released on; coa issued; quality release date; date out; published; date published;
        report created; report created on; final report date; date final; date of publication;
        certificate issued; report completed; date report issued; issuance date;
        certification date; date of certification; date of approval; report completion date;
        date of issuance; coa issue date; qa release date; authorization date;
        ausstellungsdatum; ausgestellt am; +berichtsdatum; -datum; freigabedatum; ausgabedatum;
        datum des berichts; datum der ausstellung; ausstellung; erstellt am; berichtdatum;
        date d emission; date du rapport; emis le; date d edition; edite le; -fait le;
        date rapport; date de validation; date du certificat; fecha de emision;
        fecha del informe; fecha informe; fecha de informe; -fecha; emitido el; fecha emision;
        fecha de expedicion; fecha de liberacion; data di emissione; data emissione;
        data rapporto; emesso il; data del rapporto; -data; data de emissao; data do relatorio;
        emitido em; data emissao; rapportdatum; rapportagedatum; datum van uitgifte;
        datum rapport; datum rapportage; uitgiftedatum; afgiftedatum; \u62a5\u544a\u65e5\u671f;
        \u5831\u544a\u65e5\u671f; \u7b7e\u53d1\u65e5\u671f; \u53d1\u8bc1\u65e5\u671f;
        \u7b7e\u53d1\u65e5; \u767a\u884c\u65e5; \u5831\u544a\u65e5; \u4f5c\u6210\u65e5;
        \ubc1c\ud589\uc77c""",
    FieldName.DATE_VOID_AFTER: """
        void after; valid until; valid through; valid to; validity until; not valid after;
        report valid until; certificate valid until; gultig bis; valable jusqu au; valido hasta;
        valido fino al""",
}
