"""Which words head which column of a table of results?"""

from shop.assay.certificates.keys import words_of

_HEADINGS = {
    "analyte": """
        test; tests; parameter; parameters; analyte; analytes; analysis; analyses; assay; item;
        items; characteristic; characteristics; determination; determinations; property;
        properties; test item; test items; test item s; test parameter; test parameters;
        test name; tests name; test description; compound; compounds; element; elements;
        organism; organisms; microorganism; microorganisms; component; components; constituent;
        constituents; substance; pesticide; pesticides; terpene; terpenes; cannabinoid;
        cannabinoids; metal; metals; heavy metal; heavy metals; solvent; solvents;
        residual solvent; residual solvents; mycotoxin; mycotoxins; microbe; microbes;
        microbial; contaminant; contaminants; target; targets; pathogen; pathogens;
        analyte name; analysis name; name; test performed; tests performed; assays;
        analysis item; analysis items; inspection item; inspection items; test analyte;
        quality test; parameter tested; test property; attribute; attributes; description; id;
        impurity; microbiology; microbiological; microbiological tests; physical properties;
        amino acid; peptide; vitamin; vitamins; mineral; minerals; allergen; allergens;
        fatty acid; nutrient; quality parameter; parameter name; test title;
        characteristic tested; test requested; prufparameter; prufung; prufungen; merkmal;
        merkmale; prufmerkmal; untersuchung; kriterium; eigenschaft; bestimmung; wirkstoff;
        keim; prufpunkt; parametre; parametres; essai; essais; analyse; determinations analyses;
        caracteristique; caracteristiques; germes; critere; criteres; parametre analyse; ensayo;
        ensayos; parametro; parametros; analisis; determinacion; determinaciones;
        caracteristica; caracteristicas; parametri; prova; prove; analisi; caratteristica;
        determinazione; ensaio; ensaios; caracteristicas analisadas; determinacao; bepaling;
        bepalingen; parameter analyse; kenmerk; \u68c0\u9a8c\u9879\u76ee;
        \u68c0\u6d4b\u9879\u76ee; \u9879\u76ee; \u6aa2\u9a57\u9805\u76ee;
        \u5206\u6790\u9879\u76ee; \u6307\u6807; \u6d4b\u8bd5\u9879\u76ee; \u9805\u76ee;
        \u8a66\u9a13\u9805\u76ee; \u691c\u67fb\u9805\u76ee; \uc2dc\ud5d8\ud56d\ubaa9""",
    "method": """
        method; methods; test method; test methods; method reference; procedure;
        analysis method; methode; prufmethode; prufverfahren; verfahren; metodo; metodos;
        metodi; technique; methodes; methodes d analyse; test procedure; method used;
        methods used; methodology; test methodology; methode d analyse; methode d essai;
        references; test protocol; testing method; testing methods; analytical method;
        method of analysis; method id; test ref; ref method; test reference; method no; technik;
        metodica; metodo di prova; metodo analitico; metodo de ensayo; metodo de analisis;
        metodologia; tecnica; test standard; instrument; reference; protocol; method code;
        reference method; test technique; \u68c0\u9a8c\u65b9\u6cd5; \u68c0\u6d4b\u65b9\u6cd5;
        \u65b9\u6cd5; \u8a66\u9a13\u65b9\u6cd5; \uc2dc\ud5d8\ubc29\ubc95""",
    "spec": """
        specification; specifications; spec; specs; limit; limits; acceptance criteria;
        acceptance; acceptance limit; acceptance limits; acceptance criterion; requirement;
        requirements; range; criteria; target value; action level; action limit;
        acceptable limits; allowed; max limit; action levels; action limits; acceptable limit;
        acceptable range; permissible limit; specification limits; specification limit;
        spec limits; spec limit; product specification; standard requirement; guideline;
        label claim; claim; expected; theoretical; regulatory limit; maximum limit; max level;
        specified; tolerance; pass criteria; pass limit; upper and lower limit; spezifikation;
        sollwert; grenzwert; grenzwerte; anforderung; anforderungen; soll; richtwert; vorgabe;
        specification limite; limite; limites; norme limite; exigence; exigences;
        specifications limites; valeur limite; valeurs limites; seuil; critere d acceptation;
        especificacion; especificaciones; limite maximo; valor limite; requisito; rango;
        specifica; specifiche; limiti; limite di legge; limiti di legge; valore limite;
        especificacao; especificacoes; eis; eisen; specificatie; specificaties; grenswaarde;
        \u6807\u51c6\u89c4\u5b9a; \u6807\u51c6; \u6a19\u6e96; \u89c4\u683c; \u898f\u683c;
        \u6807\u51c6\u8981\u6c42; \u6280\u672f\u8981\u6c42; \u89c4\u5b9a;
        \u6307\u6807\u8981\u6c42; \u57fa\u6e96; \uae30\uc900""",
    "low": """
        lower limit; min; minimum; low; lower; lower spec limit; lsl; min value; untere grenze;
        untergrenze; min spec; lower spec; spec min; limit min; lower specification limit""",
    "high": """
        upper limit; max; maximum; high; upper; upper spec limit; usl; max value; obere grenze;
        obergrenze; max spec; upper spec; spec max; limit max; upper specification limit""",
    "value": """
        result; results; value; values; found; test result; test results; measured;
        measured value; actual; observed; observed value; finding; findings; reported result;
        level; amount; concentration; conc; result s; analysis result; analysis results;
        analytical result; analytical results; final result; determined value; actual result;
        actual value; reported; reported value; results found; mean; average; mean result;
        test value; weight; content; qty; quantity found; amount found; sample result;
        test data; batch analysis; inspection result; lot result; lot results; batch result;
        results obtained; result value; measurement; obtained; ergebnis; ergebnisse; messwert;
        istwert; befund; ist; wert; prufergebnis; analysenwert; messergebnis; resultat;
        resultats; resultado; resultados; valor; valores; resultats obtenus; risultato;
        risultati; valore; valeur; valeurs; uitslag; resultaat; resultaten; waarde;
        valore riscontrato; valor obtenido; valeur mesuree; bevinding; gehalt; gemessen;
        \u68c0\u9a8c\u7ed3\u679c; \u68c0\u6d4b\u7ed3\u679c; \u7ed3\u679c; \u7d50\u679c;
        \u6aa2\u9a57\u7d50\u679c; \u5206\u6790\u7ed3\u679c; \u6d4b\u8bd5\u7ed3\u679c;
        \u5b9e\u6d4b\u503c; \u5b9e\u6d4b\u7ed3\u679c; \u8a66\u9a13\u7d50\u679c; \u6210\u7e3e;
        \uacb0\uacfc; \uc2dc\ud5d8\uacb0\uacfc""",
    "verdict": """
        verdict; pass fail; status; conclusion; evaluation; p f; conformity; complies yes no;
        compliance; judgement; judgment; assessment; bewertung; beurteilung; conformite;
        conformidad; esito; rating; pass fail status; conformance; outcome; interpretation;
        result status; test status; disposition; avis; evaluacion; giudizio; oordeel;
        cumplimiento; \u7ed3\u8bba; \u5224\u5b9a; \u5355\u9879\u7ed3\u8bba;
        \u5224\u5b9a\u7d50\u679c; \u5408\u5426; \ud310\uc815""",
    "unit": """
        unit; units; uom; einheit; unite; unites; unidad; unidades; unita; eenheid; u m; unit s;
        unita di misura; units of measure; unit of measure; unidade; u; \u5355\u4f4d;
        \u55ae\u4f4d; \u5358\u4f4d; unit of measurement; unidad de medida; einh; measure""",
    "lod": """
        lod; mdl; detection limit; limit of detection; nachweisgrenze; dl; lld;
        limite de detection; limite de deteccion; method detection limit; \u68c0\u51fa\u9650""",
    "loq": """
        loq; rl; pql; mrl; quantitation limit; limit of quantitation; reporting limit; lq; lor;
        mql; bestimmungsgrenze; bg; lloq; limite de quantification; limite de cuantificacion;
        loq s; crql; limit of quantification; quantification limit; report limit;
        limit of reporting; reporting level; minimum reporting level; \u5b9a\u91cf\u9650""",
    "lodloq": "lod loq; mdl loq; lod and loq; mdl rl; lod lloq",
    "norm": "norm; norme; standard; norma; normes; standards",
    "both": """
        limit result; limits results; specification result; result limit; results limits;
        spec result; result specification; result spec; specifications results""",
    "other": """
        uncertainty; measurement uncertainty; date reported; date received; date issued; mu;
        dilution; df; dilution factor; date; date tested; analyst; notes; note; remarks; remark;
        comment; comments; recovery; rsd; cas; cas no; cas number; qualifier; qual; flag; flags;
        test date; date analyzed; analysis date; tested on; date completed; initials; no; s no;
        sl no; sr no; nr; item no; \u5e8f\u53f7; bemerkung; unsicherheit; incertitude;
        incertidumbre; incertezza; date started; start date; end date; technician; code;
        test code; retention time; ret time; rt; area; height; peak; tested by; analysis code;
        instrument id; completed; footnote; method date; date of analysis; \u5907\u6ce8;
        \u5099\u8003""",
}
ROLE_OF = {
    " ".join(words_of(phrase)): role
    for role, text in _HEADINGS.items()
    for phrase in text.split(";")
}
# What a heading of several words that is not listed is about; the first that fits.
ROLE_WORDS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (role, frozenset(words.split()))
    for role, words in (
        ("other", "uncertainty dilution date recovery analyst unsicherheit incertitude notes"),
        ("lod", "lod mdl"),
        ("loq", "loq lor pql quantitation quantification"),
        (
            "value",
            """result results ergebnis ergebnisse resultat resultats resultado resultados risultato
            risultati resultaat resultaten found measured concentration conc weight""",
        ),
        ("method", "method methods methode metodo procedure"),
        ("verdict", "status fail conformity compliance"),
        (
            "spec",
            """limit limits specification specifications spec criteria requirement requirements
            grenzwert spezifikation limite limites acceptance""",
        ),
        ("unit", "unit units"),
        ("analyte", "analyte compound parameter"),
    )
)
