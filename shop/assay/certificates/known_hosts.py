"""Which hosts stand on honest reports, and are not the laboratory's own?

Kept by hand. A host is here when it was seen on reports or in programs that read them, or when it
belongs to a body that everybody names; a host that is missing costs a person one look.
"""

# Services that many laboratories publish reports through. Seen in public programs that read such
# reports: the registry of the cannlytics COA parser (entries marked as LIMS), clients of QBench's
# programming interface (one subdomain a laboratory), and LabHQ's own manual.
_VENDORS_TEXT = """
    cannlytics.com confidentcannabis.com confidentlims.com labhqlims.com qbench.net tagleaf.com
"""
VENDORS = frozenset(_VENDORS_TEXT.split())

# Short links: the address does not say where it ends. QR makers' own redirects are among them.
_SHORTENERS_TEXT = """
    bit.ly bitly.com buff.ly cutt.ly flowcode.com goo.gl is.gd l.ead.me me-qr.com ow.ly page.link
    q-r.to qr-codes.io qr.io qrco.de qrcodes.pro qrd.by qrfy.com qr1.be rb.gy rebrand.ly s.id
    scan.page scnv.io short.io shorturl.at t.co t.ly t2m.io tiny.cc tinyurl.com uqr.to v.gd
"""
SHORTENERS = frozenset(_SHORTENERS_TEXT.split())

# Accreditation bodies: signatories of ILAC's arrangement, by the list of ours that names them
# (unchecked: enough to leave a link unremarked, never enough to believe one), and the arrangements.
_ACCREDITORS_TEXT = """
    a2la.org accredia.it anab.ansi.org anab.org apac-accreditation.org cai.cz cnas.org.cn
    cofrac.fr dakks.de danak.dk economie.fgov.be enac.es european-accreditation.org finas.fi
    iaac.org.mx iaf.nu iafcertsearch.org ianz.govt.nz iasonline.org ilac.org inab.ie jab.or.jp
    kan.or.id knab.go.kr nabl-india.org nata.com.au nist.gov pca.gov.pl pjlabs.com rva.nl
    sac-accreditation.gov.sg sanas.co.za sas.admin.ch scc-ccn.ca swedac.se taftw.org.tw ukas.com
"""
ACCREDITORS = frozenset(_ACCREDITORS_TEXT.split())

# Bodies that write methods and law, which reports cite.
_CITED_TEXT = """
    aoac.org astm.org bfr.bund.de bvl.bund.de cdfa.ca.gov cen.eu cir-safety.org
    codexalimentarius.org din.de ecfr.gov echa.europa.eu edqm.eu efsa.europa.eu epa.gov
    europa.eu fao.org fda.gov gov.uk gs1.org ich.org iso.org legislation.gov.uk
    ntp.niehs.nih.gov oecd.org osha.gov
    pharmacopoeia.com pubchem.ncbi.nlm.nih.gov usp.org who.int
"""
CITED = frozenset(_CITED_TEXT.split())

# Where everybody has an address: letters, maps, social media, and the makers of office programs.
_EVERYBODYS_TEXT = """
    163.com adobe.com aol.com apple.com bing.com facebook.com fb.com fb.me gmail.com gmx.com
    gmx.de gmx.net google.com googlemail.com goo.gle hotmail.com icloud.com instagram.com
    linkedin.com live.com maps.app.goo.gl microsoft.com msn.com naver.com outlook.com
    pinterest.com proton.me protonmail.com qq.com t-online.de t.me tiktok.com twitter.com wa.me
    web.de wechat.com whatsapp.com x.com yahoo.co.uk yahoo.com yandex.ru youtu.be youtube.com
    zoho.com
"""
EVERYBODYS = frozenset(_EVERYBODYS_TEXT.split())

# The product's own number as a link (GS1 Digital Link): not a look-up at the laboratory.
PRODUCT_LINKS = frozenset({"dl.gs1.org", "id.gs1.org"})
