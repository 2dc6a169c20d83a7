"""Which names does everybody know that stand in no dictionary?

Written for this project: companies and their products, families, given names and towns that many
have heard of. An address that is called so means these, however close it is to another's name. The
list is far from whole: a name that is missing is judged by how it reads.
"""

_NAMES = """
aarav abadi abdallah abreu adalyn adyen aegon agarwal agco aguero ahlberg ahold airbnb airbus
airtel akamai akhtar alaoui alcatel aldi aleah aleks alessia alfa alfaro alibaba alibris allianz
alpina alstom altea altera alterra altria amaia amalfi ambi ameera amika amina amira anaya
andersson andis angelini anika anisa anja annika anouk ansys anthropologie antonelli apivita aptiv
aramark araujo arbys arcelor ariston arko arla arosa arslan artdeco asana ashlyn asics aslan asos
asuncion asus atlassian atos atrix aubade audemars autodesk avaya avent averda averis aveva aviles
avira ayaan ayla azevedo babor bacher bachmann bagshaw bailleul bakker balea balogh bandai barbier
barbieri barbosa barilla barone bartels basf bastos batam bayram becerra beckham bednar belif
belkin benali benitez benq benri berardi berggren berluti bershka bertoli besancon bestbuy beziers
bialetti biella bielski billund biolab biolase bioline biomerieux biora biotene biotherm birkin
bishara blanchet blaszczyk blom bloomberg blume bodhi bodrum bodum boehm bogdan bogota boiron
boivin bonprix boohoo boscia bosman bossini bottega branco brandao brandl brayden brecken
breitling bridgestone broadcom brun buchholz bungie busan bustos bvlgari caballero caden caiden
caitlyn calendly camaieu canesten cano canva capcom capgemini caprisun cardoso carlsen carlsson
carmex carmona carneiro carrasco carrefour carrera carvalho caspersen castellano castello catrice
cavallo ceballos celera cellebrite centene centos centrica cerner cetelem chania chaudhary chegg
chemex chiara chicco chieti chipotle chopard choudhury cigna cillian cillit cisalfa cisneros
citrix claires clearblue cloetta cloutier coinbase coldwell colorista colpi colter comcast
comerica compeed conad conagra cordero corega cortina cosabella cosco coursera couto crema cricut
crocs crunchyroll cuevas cunha curaprox curel cutex cuticura cvent czajka daegu dahlberg daikin
dalgaard damm danek danso darphin darwish dascom dasgupta dassault databricks datadog daubert
davila daylong debono delfin deliveroo dellas deloitte delonghi deluca demi demir denia denso
dermal deshpande desigual deutsche devries diadora diallo digikey dinh diptyque diya docker
docusign dolce domestos domingues doordash dragan drmartens ducharme dunelm duolingo duplo durres
dvorak ecco ecolab ecover edeka edel eder edmodo ehlers eklund electrolux eliana eliasson elif
elina elnett elseve embryolisse empoli endesa eneco enel engie enriquez enzo epinal equifax
equinix eriksen erno escobar espinosa esprit esteves eterna etihad etsy eurostar evenflo everlast
evernote eversource expedia experian fabbri fage falcao fanta fastly faure favre febreze felber
fendi ferragamo fiala fico figma fila filipek fiserv fiskars fisker fitbit fiverr flickr flipkart
flormar fluor foreo formia forsberg fortinet foxconn foxtel fresca freshworks friedl friis
frontera fujifilm fujita furla furtado gaertner galindo gallardo gallego galp gamboa gandia ganni
garmin garnier garrido gatti gazprom geberit geico geisler genentech genesys geox getir ghosh
giphy girona gitlab givova glamglow glassdoor glencore glovo godaddy godoy gomes goncalves
goodreads gopro gorecki grammarly granini grigoryan grohe grosseto groupon grubhub guarda guedes
guidi guinot gulfstream gymshark haagen haier halle halloran hamar hamleys hamza hanes hansson
hargrove haribo haribos harkin hartl hedlund heikkinen helbig hellofresh helly hendriks henkel
herbalife herz heuer hilden hilti hinz hipp hisense hobbycraft holcim holmberg holmgren holz
hootsuite horak horvath hossain houle huawei hublot hubspot huggies hugoboss hulu humana hurom
hussain hutter ibarra iberdrola icloud iliana ilic illumina imani imdb imgur indie inditex
infineon infosys instacart invesco invisalign isaksson ishikawa isotoner iveco ivrea iwatani jabil
jabra jace jacobsson jaden jakobsen jalen jankowski jaramillo jaxon jaya jayden jayla jeddah
jeppesen jergens jeske jesper jetblue jira jobst joensen johansson jollibee joma jonsson jovanovic
jurado justeat kaczmarek kalamata kamara kaminski kang kappa karcher karimi karlsen karlsson
karter kason kaspersky katarina kaufland kaur kavala keira kellan kelloggs kemper kenzo kering
khloe kian kiara kickstarter kiera kiko kilic kimora kinetik kitchenaid klarna klausen klimek
klorane knorr koger koike koleston kolkata komatsu konica korhonen kose kotex kotor kovac kozak
krispy kristensen kroeger krol krups kubo kubota kucera kufstein kulkarni kylan kyocera lacura
laila laitinen lamontagne lampson lamy lancel lancia lanvin larnaca larsson lavazza lavera lazada
lecco leclerc lefebvre lehner leica leitner lemaire lenor lenovo lenscrafters lerici lewandowski
lexmark libero libresse lidl lierac lindqvist lindt linkedin lipozene lischka livenation liya
lleida lobo loewen logitech logona longchamp longines longrich lorenzen lucero lucozade luka
lukoil lululemon lumene lumix lurpak luxottica lyft lyla macerata maceys maersk magento magimix
magis magnat mahindra majorica makela makita malika malmo maltesers marcato marchetti mariani
marimekko marketo markovic marques marvis masco matera mathworks matix matos matrox matsuda mattos
mavala maybach mayr mazzola mcdonalds mckinsey medeiros medtronic meister melk melo menezes mentos
meran meridol messer metlife meza midea miele mielke mielle miettinen migros mikasa mikimoto
mikkelsen milana milani milanovic milka millenium minecraft mishra missoni mizuno moderna
moleskine moncler mondelez mondi monoprix montblanc monteiro montero monzo moovit moraes moreira
morelli moretti moschino mostar moulinex movado mphasis mukherjee mulesoft murata naidu nakamura
nando nandos naranjo nardi nars natali natrol natura natuzzi natwest navistar nayla ndemic neha
nelissen neste netgear netto neubauer neuman neves nginx nicorette niemi nieto nikolic nilfisk
nilsen nitra nivia nivona nogueira norberg nordea nordvpn norstrom novell novo nowak nuby nutanix
nutella nyla nypost ocado odol okafor okeke olesen olivares oliveira oneplus onkyo openai oppo
orangina orellana ornelas orosz osorio osram oticon otrivin ouellet owusu ozturk pagano palantir
palmieri pantone papajohns paquette paredes parenti parisi parodontax passau patil pavlovic paytm
peloton persil petco petersson petrov petrovic petsmart pfeiffer pham phan philco piaggio pichler
piech pietsch pinheiro pinterest piran pirelli pires pixar pizzahut plantronics playmobil pohl
poirier polat polident popescu popovic porras porto portofino poshmark postmates potenza poulsen
praxair pret primark pringles priya prochazka progresso protex publicis puente pugliese puig
purell qatargas quiksilver quiroga quora rabobank rackspace rademacher radic rado rakuten rashad
rath ravello ravensburger ravn raya rayan razer realme recaro redbull reddit redfin regaine regus
reimann renfro repsol requena resende revolut rexona rezende ribeiro ricoh ricola rimowa rinaldi
rivian robinhood roblox rodrigues roemer rohan rohde rosado rosas rosneft rossman rothman rovigo
rovinj rowenta royale rueda rummel ryanair ryker safran sainsbury sainsburys saldana salgado salma
samsara samuelsson sandisk sandoz sanex sanmina sanofi sanremo sanrio santino santorini sanyo sanz
saoirse saravia sariah sasaki saucony sauter savard savic sberbank schaeffler schmid scholl
schulte seagate sebamed seiler selsun sennheiser sensodyne serta servicenow shania shazam shein
shimano shopify shutterstock sibenik sienna simard simba simic sintra skechers skillshare skoal
skov skyscanner slimfast smartsheet smeg smets snapchat sodexo solaris solgar sonos sophos sopot
sothys soundcloud splunk spotify squarespace stabilo stackoverflow statoil staub steelcase
stellantis stihl strellson strepsils strobel substack sudocrem sumitomo sunsilk suntory supercell
supradyn surveymonkey svensson swarovski swiffer swisscom symantec syngenta synopsys synsam syoss
syros szabo szymanski taboola tagheuer takeda talika tamm tanium taormina tardif tarifa tarkett
tassimo tata tefal teixeira telefonica telenor telia tempur temu tencent teradata teradyne teramo
tessier testa tetley teva theranos thiago thiel thinkpad thorsen tigard tiktok tischler toblerone
tokopedia tomic tommee topman topshop toptal toshin trani trello tremblay tripadvisor trivago
triwa truecaller trustpilot tumblr tumi turbotax turcotte turkcell twilio twix typeform uber
ubisoft udemy uhlig uline ulker ullrich ultimaker umbro underarmour uniqlo univision upwork urbino
uribe usps vaccaro valeo valero varela varga vattenfall vaxjo veet veja velasquez venter veolia
verbania vercel verhoeven verisign vevey viber vicks victorinox vieira viktor vileda villalobos
villar vimeo vinted vitamix viterbo vivendi vmware vogt voigt vollmer volvic waitrose walla waymo
webex wechat weebly weibo weleda wendys wessel westergaard wework whatsapp wieczorek wiedemann
wilke wilko willems winkler wipro woolworths wouters wulff wusthof xactly xander xbox xero xiaomi
yahir yakult yamada yamamoto yandex yara yilmaz yope yosef yoshida zainab zalando zanussi zappos
zegna zendesk zewa zhao zielinski zillow zirh zoey zoho zomato zscaler zuniga zuri zurich zwilling
zynga
"""

NAMES = frozenset(_NAMES.split())
